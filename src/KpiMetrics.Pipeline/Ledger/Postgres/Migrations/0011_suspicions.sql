-- What stands out from its own past is found now as well; it is an alert of a kind of its own (0012).

COMMENT ON VIEW v_finding IS 'Which reported figures contradict each other, cannot be or are not like those of their series, and which were? One row a finding that the engine ever made; it is resolved by a check that no longer finds it, and never deleted.';
COMMENT ON COLUMN v_finding.code IS
    'Which check: identity-ratio, identity-sum, identity-difference, identity-equal, at-most, reconcile-months, reconcile-areas, reconcile-cumulative, reconcile-derived, cumulative-fall, sources-differ, not-computable; of figures beside their own past: unit-slip, growth-for-index, sign, missing-then-double, doubled, transposition, stuck, revision-size, level-shift, outlier, sibling-disagreement; more may come';
COMMENT ON COLUMN v_finding.recomputed IS
    'What follows from the figures it is held against, unrounded; of two sources what the other says; of a figure beside its own past what was expected; empty where nothing can be computed';
COMMENT ON COLUMN v_quality.suspicious IS
    'Of those, how many stand out from their own past or from other areas without contradicting anything, and are not explained (sạch)';
