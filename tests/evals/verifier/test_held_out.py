from evals.verifier.held_out import figures, narrowed_figures


def test_each_file_has_its_figures_and_twins_their_order() -> None:
    files = ["o", "o", "q", "q", "t", "t", "t", "t", "c", "c", "u", "u"]
    labels = [False, False, *[True, False] * 5]
    scores = [-1.0, 0.5, 1.0, 0.0, 2.0, 1.0, 0.0, 1.5, -1.0, 3.0, 0.5, 0.25]
    assert list(figures(files, labels, scores)) == [
        "off-topic questions: 2, told from the answered ones with AUROC 0.833",
        "questions: 2, AUROC 1.000",
        "twin questions: 4, AUROC 0.500, the true twin told from the other 0.500",
        "claims: 2, AUROC 0.000",
        "twin claims: 2, AUROC 1.000, the true twin told from the other 1.000",
    ]


def test_an_answer_is_told_from_what_is_none() -> None:
    rows = [(3.0, 2.0, 1.0, 0.0), (1.5, -1.0, 2.0, -2.0)]
    assert list(narrowed_figures(rows)) == [
        "answers taken out: 2, AUROC 0.750",
        "single sentences: 2, AUROC 0.750, the answer's told from another 1.000",
    ]
