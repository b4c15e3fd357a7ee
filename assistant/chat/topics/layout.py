"""Where papers lie on the map, and which form a cluster.

Positions are by t-SNE (van der Maaten and Hinton, 2008) of the paper vectors, clusters by k-means
of the same vectors after PCA, so that a cluster is a topic rather than an accident of the drawing.
"""

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.manifold import TSNE
from threadpoolctl import threadpool_limits

Matrix = npt.NDArray[np.float32]
Clusters = npt.NDArray[np.int32]

_COMPONENTS = 50
_PERPLEXITY = 30.0
_SEED = 7
MIN_PAPERS = 5
MAX_CLUSTERS = 14


class Grouping(NamedTuple):
    """Tells the cluster of any paper, also of one that was not laid out."""

    components: PCA
    centres: KMeans

    def clusters(self, vectors: Matrix) -> Clusters:
        """The clusters of papers by their unit vectors, shape (n, dimension)."""
        with threadpool_limits(limits=1):
            groups = self.centres.predict(self.components.transform(vectors))
        return np.asarray(groups, np.int32)


class Layout(NamedTuple):
    """`places` has shape (n, 2) and lies in [0, 1]; `clusters` has the cluster of each paper."""

    places: Matrix
    clusters: Clusters
    grouping: Grouping


def lay_out(vectors: Matrix) -> Layout:
    """Place papers by their unit vectors, shape (n, dimension), n at least `MIN_PAPERS`.

    It runs on one thread, so that others go on; 3,000 papers take half a minute.
    """
    count = len(vectors)
    with threadpool_limits(limits=1):
        components = PCA(min(_COMPONENTS, count - 1, vectors.shape[1]), random_state=_SEED)
        reduced = components.fit_transform(vectors)
        centres = KMeans(clusters_for(count), n_init=4, random_state=_SEED).fit(reduced)
        drawing = TSNE(
            perplexity=min(_PERPLEXITY, (count - 1) / 3), init="pca", random_state=_SEED, n_jobs=1
        ).fit_transform(reduced)
    low, high = drawing.min(axis=0), drawing.max(axis=0)
    places = (drawing - low) / np.maximum(high - low, 1e-9)
    grouping = Grouping(components, centres)
    return Layout(places.astype(np.float32), grouping.clusters(vectors), grouping)


def clusters_for(count: int) -> int:
    """How many clusters so many papers are shown in: more for more, few enough to be labelled."""
    return max(2, min(MAX_CLUSTERS, round(math.sqrt(count / 6))))
