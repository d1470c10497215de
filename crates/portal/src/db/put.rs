//! One write as one query: a round trip to a server takes longer than what is done there.

use sqlx::AnyExecutor;

use super::DbError;
use super::writer::Write;
use crate::config::Place;

const LEARNER: &str = "INSERT INTO learners (id, created_at) VALUES ($1, $3) ON CONFLICT (id) DO NOTHING";

const PROGRESS: &str = "\
    INSERT INTO progress (learner_id, exercise_id, attempts, completed_at, best_time_ms, best_solution, \
        hints_seen, solution_seen, last_code) VALUES ($1, $2, $4, $5, $6, $7, $8, $9, $10) \
    ON CONFLICT (learner_id, exercise_id) DO UPDATE SET \
        attempts = progress.attempts + excluded.attempts, \
        completed_at = COALESCE(progress.completed_at, excluded.completed_at), \
        best_time_ms = CASE WHEN progress.best_time_ms IS NULL OR excluded.best_time_ms < progress.best_time_ms \
            THEN excluded.best_time_ms ELSE progress.best_time_ms END, \
        best_solution = CASE WHEN progress.best_solution IS NULL \
            OR LENGTH(excluded.best_solution) < LENGTH(progress.best_solution) \
            THEN excluded.best_solution ELSE progress.best_solution END, \
        hints_seen = CASE WHEN excluded.hints_seen > progress.hints_seen \
            THEN excluded.hints_seen ELSE progress.hints_seen END, \
        solution_seen = CASE WHEN excluded.solution_seen > progress.solution_seen \
            THEN excluded.solution_seen ELSE progress.solution_seen END, \
        last_code = COALESCE(excluded.last_code, progress.last_code)";

const SUBMISSION: &str = "\
    INSERT INTO submissions (learner_id, exercise_id, created_at, request_id, code, status, passed, execution_ms, \
        test_cases, tests_digest) VALUES ($1, $2, $3, $11, $12, $13, $14, $15, $16, $17)";

/// How a database is told of a write.
#[derive(Debug)]
pub(super) struct Put {
    with_submission: String,
    without: String,
    /// Whether one query is a transaction of its own.
    pub atomic: bool,
}

impl Put {
    pub fn of(place: &Place) -> Put {
        match place {
            // Its queries may be several statements, each a transaction of its own.
            Place::Sqlite(_) => Put {
                with_submission: format!("{LEARNER}; {SUBMISSION}; {PROGRESS}"),
                without: format!("{LEARNER}; {PROGRESS}"),
                atomic: false,
            },
            // References are looked at when the whole statement is done.
            Place::Postgres(_) => Put {
                with_submission: format!("WITH a AS ({LEARNER}), b AS ({SUBMISSION}) {PROGRESS}"),
                without: format!("WITH a AS ({LEARNER}) {PROGRESS}"),
                atomic: true,
            },
        }
    }

    pub async fn put(&self, executor: impl AnyExecutor<'_>, write: &Write) -> Result<(), DbError> {
        let touched = &write.touched;
        let code = touched.code.as_deref().map(storable);
        let text = if write.submission.is_some() { &self.with_submission } else { &self.without };
        let mut query = sqlx::query(sqlx::AssertSqlSafe(text.as_str()))
            .bind(&write.learner)
            .bind(&write.exercise)
            .bind(write.at)
            .bind(i64::from(touched.attempt))
            .bind(touched.passed.map(|_| write.at))
            .bind(touched.passed)
            .bind(touched.passed.and(code.clone()))
            .bind(i64::from(touched.hint))
            .bind(i64::from(touched.solution))
            .bind(code);
        if let Some(submission) = &write.submission {
            query = query
                .bind(&submission.request_id)
                .bind(storable(&submission.code))
                .bind(&submission.status)
                .bind(submission.passed.map(i64::from))
                .bind(submission.execution_ms)
                .bind(submission.test_cases.as_deref().map(storable))
                .bind(submission.tests_digest.as_deref());
        }
        query.execute(executor).await?;
        Ok(())
    }
}

/// Text without NUL, which PostgreSQL does not take; Python does not take it in programs, either.
pub(super) fn storable(text: &str) -> String {
    text.replace('\0', "\u{2400}")
}
