//! What learners have done.

use api::ExerciseProgress;
use jiff::Timestamp;
use sqlx::Row;

use super::{Db, DbError, in_time};

/// What one request changes in a learner's progress; what is not said stays.
#[derive(Debug, Clone, Default)]
pub struct Touched {
    /// It was an attempt.
    pub attempt: bool,
    /// All tests passed, in so many milliseconds.
    pub passed: Option<i64>,
    /// The code that was run.
    pub code: Option<String>,
    /// A hint was seen.
    pub hint: u32,
    /// The solution was shown.
    pub solution: bool,
}

impl Db {
    /// What a learner has done with the exercises that there are, in their order.
    ///
    /// # Errors
    /// The database is away.
    pub async fn progress(&self, learner: &str) -> Result<Vec<ExerciseProgress>, DbError> {
        let text = "SELECT p.exercise_id, p.attempts, p.completed_at, p.best_time_ms, p.best_solution, p.hints_seen, \
                    p.solution_seen, p.last_code FROM progress p JOIN exercises e ON e.id = p.exercise_id \
                    WHERE p.learner_id = $1 ORDER BY e.position, e.id";
        in_time(async {
            let rows = sqlx::query(text).bind(learner).fetch_all(&self.pool).await?;
            rows.iter().map(one).collect()
        })
        .await
    }

    /// Attempts of a learner at an exercise, and whether the solution was shown.
    ///
    /// # Errors
    /// The database is away.
    pub async fn attempts(&self, learner: &str, exercise: &str) -> Result<(u32, bool), DbError> {
        let text = "SELECT attempts, solution_seen FROM progress WHERE learner_id = $1 AND exercise_id = $2";
        in_time(async {
            let row = sqlx::query(text).bind(learner).bind(exercise).fetch_optional(&self.pool).await?;
            row.map_or(Ok((0, false)), |row| Ok((number(&row, 0)?, row.try_get::<i64, _>(1)? != 0)))
        })
        .await
    }
}

/// A count.
pub(super) fn number(row: &sqlx::any::AnyRow, index: usize) -> Result<u32, DbError> {
    let value: i64 = row.try_get(index)?;
    u32::try_from(value).map_err(|_| DbError::Content(format!("{value} where a count should be")))
}

fn one(row: &sqlx::any::AnyRow) -> Result<ExerciseProgress, DbError> {
    let completed_at: Option<i64> = row.try_get(2)?;
    let written = |at: i64| {
        let at = Timestamp::from_millisecond(at).map_err(|e| DbError::Content(e.to_string()))?;
        Ok::<_, DbError>(format!("{at:.3}"))
    };
    Ok(ExerciseProgress {
        exercise_id: row.try_get(0)?,
        attempts: number(row, 1)?,
        completed: completed_at.is_some(),
        completed_at: completed_at.map(written).transpose()?,
        best_time_ms: row.try_get::<Option<i64>, _>(3)?.and_then(|time| u64::try_from(time).ok()),
        best_solution: row.try_get(4)?,
        hints_seen: number(row, 5)?,
        solution_seen: row.try_get::<i64, _>(6)? != 0,
        last_code: row.try_get(7)?,
    })
}
