CREATE TABLE exercises (
    id TEXT NOT NULL PRIMARY KEY,
    position BIGINT NOT NULL,
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    instructions TEXT NOT NULL,
    starter_code TEXT NOT NULL,
    solution_code TEXT NOT NULL,
    test_code TEXT NOT NULL,
    difficulty TEXT NOT NULL,
    topics TEXT NOT NULL, -- JSON list of strings
    minutes BIGINT NOT NULL,
    hide_tests BIGINT NOT NULL,
    integrity TEXT NOT NULL,
    origin TEXT NOT NULL -- 'start' or 'loaded': who may replace it
);

CREATE TABLE hints (
    exercise_id TEXT NOT NULL REFERENCES exercises (id) ON DELETE CASCADE,
    level BIGINT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (exercise_id, level)
);

CREATE TABLE learners (
    id TEXT NOT NULL PRIMARY KEY, -- digest of the cookie
    created_at BIGINT NOT NULL -- milliseconds since 1970
);

-- Without a reference to exercises: what a learner did stays when an exercise is withdrawn.
CREATE TABLE submissions (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    learner_id TEXT NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
    exercise_id TEXT NOT NULL,
    request_id TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    code TEXT NOT NULL,
    status TEXT NOT NULL,
    passed BIGINT, -- 0 or 1; null when no tests ran
    execution_ms BIGINT NOT NULL,
    test_cases TEXT -- JSON list of {name, status}; null when no tests ran
);

CREATE INDEX submissions_of_a_learner ON submissions (learner_id, exercise_id);

CREATE TABLE progress (
    learner_id TEXT NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
    exercise_id TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    completed_at BIGINT,
    best_time_ms BIGINT,
    best_solution TEXT,
    hints_seen BIGINT NOT NULL,
    solution_seen BIGINT NOT NULL,
    last_code TEXT,
    PRIMARY KEY (learner_id, exercise_id)
);
