"""Words that turn a statement round, and words that leave its meaning as it is."""

from collections import defaultdict

_PAIRS = """
increase/decrease increases/decreases increased/decreased increasing/decreasing increase/reduce
increases/reduces increased/reduced increasing/reducing improve/degrade improves/degrades
improved/degraded improving/degrading improve/worsen improves/worsens improved/worsened
improvement/degradation improvements/degradations higher/lower high/low highest/lowest
larger/smaller large/small largest/smallest greater/lesser greater/smaller better/worse best/worst
more/less more/fewer most/least faster/slower fast/slow stronger/weaker strong/weak
strongest/weakest longer/shorter long/short easier/harder easy/difficult simple/complex
simpler/complexer outperforms/underperforms outperform/underperform outperformed/underperformed
outperforming/underperforming superior/inferior exceeds/trails surpasses/trails surpass/trail
gains/losses gain/loss rises/falls rise/fall rose/fell grows/shrinks grow/shrink above/below
over/under before/after earlier/later early/late first/last supervised/unsupervised
labeled/unlabeled positive/negative positively/negatively beneficial/harmful helps/hurts help/hurt
enables/prevents enable/prevent allows/prevents promotes/inhibits promote/inhibit promoted/inhibited
activates/inhibits activate/inhibit activation/inhibition induces/suppresses induced/suppressed
enhances/impairs enhance/impair enhanced/impaired upregulated/downregulated with/without
include/exclude includes/excludes including/excluding present/absent presence/absence
efficient/inefficient effective/ineffective effectively/ineffectively significant/insignificant
significantly/insignificantly sufficient/insufficient necessary/unnecessary possible/impossible
able/unable available/unavailable known/unknown similar/different same/different robust/brittle
accurate/inaccurate reliable/unreliable consistent/inconsistent consistently/inconsistently
succeeds/fails succeed/fail success/failure agree/disagree agrees/disagrees support/contradict
supports/contradicts supported/refuted confirm/refute confirms/refutes confirmed/refuted
accept/reject acceptable/unacceptable major/minor maximum/minimum maximal/minimal upper/lower
adults/children men/women male/female young/old younger/older acute/chronic severe/mild
dependent/independent depends/relies-not correlated/uncorrelated related/unrelated linear/nonlinear
dense/sparse global/local deep/shallow static/dynamic online/offline input/output encoder/decoder
source/target training/testing cheap/expensive cheaper/costlier low-resource/high-resource
common/rare frequently/rarely often/rarely always/never usually/seldom easily/hardly widely/barely
new/old novel/conventional automatic/manual automatically/manually internal/external
monolingual/multilingual benefit/harm risk/protection protective/harmful infected/uninfected
sensitive/resistant survival/mortality advantage/disadvantage advantages/disadvantages
strength/weakness strengths/weaknesses
"""
_QUANTITIES = """
all=none of the|all=few|most=few|many=few|every=no|each=no|several=no|both=neither of the
|always=never|at least=at most|at most=at least|more than=less than|less than=more than
|fewer than=more than|up to=at least|only=not only|majority=minority|half=all|twice=half
|double=halve|doubles=halves|before=after|after=before|until=since|because of=despite
|despite=because of|due to=in spite of|outperforms=is outperformed by|outperform=are outperformed by
|surpasses=is surpassed by|achieves=fails to achieve|achieve=fail to achieve|shows=does not show
|state-of-the-art=below-average|competitive=uncompetitive|promising=disappointing
|easily=hardly|fully=only partly|completely=only partly|first=second|a single=several|one=several
"""
_UNITS = """
% points|% million|points %|percent points|ms s|s ms|seconds minutes|minutes hours|hours days
|days weeks|weeks months|months years|years months|K M|M B|B M|k M|GB MB|MB GB
|million billion|billion million
|thousand million|mg g|ml l|kg g|cm mm|mm cm|x %|× %|times %|languages datasets|datasets languages
|tasks models|tokens words|words tokens|layers heads|parameters tokens|patients studies
|participants patients|sentences documents|documents sentences|hours minutes
"""
_SYNONYMS = """
propose/present/introduce/put-forward proposes/presents/introduces proposed/presented/introduced
show/demonstrate/find shows/demonstrates showed/demonstrated improve/enhance/boost
improves/enhances/boosts improved/enhanced/boosted achieve/reach/attain/obtain
achieves/reaches/attains/obtains achieved/reached/attained/obtained outperforms/beats/surpasses
outperform/beat/surpass reduce/lower/decrease/cut reduces/lowers/decreases/cuts
reduced/lowered/decreased increase/raise increases/raises increased/raised use/employ/apply/utilize
uses/employs/applies/utilizes used/employed/applied using/employing large/big/sizeable
significant/considerable/substantial significantly/considerably/substantially
method/approach/technique methods/approaches/techniques model/system models/systems
results/findings task/problem tasks/problems
performance/effectiveness important/crucial/essential many/numerous various/diverse/different
however/yet help/assist helps/assists need/require needs/requires needed/required build/construct
builds/constructs built/constructed create/develop creates/develops created/developed
study/investigate/examine studies/investigates/examines investigate/explore/examine
investigated/explored/examined analyze/analyse/examine evaluate/assess/test evaluates/assesses/tests
evaluated/assessed/tested existing/previous/prior current/present recent/latest novel/new
efficient/economical fast/quick faster/quicker quickly/rapidly accurate/precise accuracy/precision
difficult/hard/challenging easy/simple enable/allow enables/allows provide/offer/give
provides/offers/gives contain/include contains/includes consist/comprise aim/seek aims/seeks
predict/forecast predicts/forecasts identify/detect/recognise identifies/detects suggest/indicate
suggests/indicates suggested/indicated reveal/show reveals/shows report/describe reports/describes
associated/linked/connected caused/produced illness/disease
approximately/about/roughly around/about mainly/mostly primarily/mainly often/frequently
usually/typically typically/usually moreover/furthermore/also additionally/also
generate/produce generates/produces generated/produced obtain/get based/built main/chief/principal
additional/extra further/additional entire/whole understand/comprehend understanding/comprehension
information/data knowledge/information address/tackle addresses/tackles addressing/tackling
focus/concentrate focuses/concentrates learn/acquire learns/acquires robust/stable
leverage/exploit/use leverages/exploits/uses leveraging/exploiting/using via/through/by-means-of
effective/successful effectively/successfully capture/model captures/models
strategy/scheme strategies/schemes framework/architecture dataset/corpus datasets/corpora
benchmark/test-set texts/documents sentences/utterances humans/people human/manual
"""


def _both_ways(pairs: str) -> dict[str, list[str]]:
    table: dict[str, list[str]] = defaultdict(list)
    for pair in pairs.split():
        one, other = pair.split("/")
        table[one].append(other.replace("-not", " not"))
        table[other].append(one)
    return dict(table)


def _groups(lines: str) -> dict[str, list[str]]:
    table: dict[str, list[str]] = defaultdict(list)
    for group in lines.split():
        members = [m.replace("-", " ") for m in group.split("/")]
        for member in members:
            table[member] += [m for m in members if m != member]
    return dict(table)


def _units() -> dict[str, list[str]]:
    table: dict[str, list[str]] = defaultdict(list)
    for pair in _UNITS.replace("\n", "").split("|"):
        old, new = pair.split()
        table[old].append(new)
    return dict(table)


OPPOSITES = _both_ways(_PAIRS)
SYNONYMS = _groups(_SYNONYMS)
UNITS = _units()
QUANTITIES = [
    (old, new) for old, new in (p.split("=") for p in _QUANTITIES.replace("\n", "").split("|"))
]
