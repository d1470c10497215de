-- Digest of the tests that gave the result; null: no tests ran, or it was before this was kept.
ALTER TABLE submissions ADD COLUMN tests_digest TEXT;

-- Jobs of regrades that ended without a verdict: the next regrade asks for another one.
ALTER TABLE submissions ADD COLUMN lost_jobs BIGINT NOT NULL DEFAULT 0;

CREATE INDEX submissions_of_an_exercise ON submissions (exercise_id, id);

-- Results that a regrade has replaced, as they were.
CREATE TABLE replaced_results (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    submission_id BIGINT NOT NULL REFERENCES submissions (id) ON DELETE CASCADE,
    tests_digest TEXT,
    status TEXT NOT NULL,
    passed BIGINT,
    execution_ms BIGINT NOT NULL,
    test_cases TEXT,
    replaced_at BIGINT NOT NULL -- milliseconds since 1970
);

CREATE INDEX replaced_results_of_a_submission ON replaced_results (submission_id);
