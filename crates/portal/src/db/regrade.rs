//! Submissions that are graded again.
//!
//! A result is replaced together with what it changes in its learner's progress, in one transaction; what it was before
//! goes to `replaced_results`. A submission whose result is of the present tests already is left alone, so a regrade
//! that was cut short, or is run twice, does nothing twice.

use sqlx::{AnyConnection, Row};

use super::progress::number;
use super::put::storable;
use super::{Db, DbError, in_time};

/// Of a submission whose result is not of the tests with this digest.
const STALE: &str = "passed IS NOT NULL AND (tests_digest IS NULL OR tests_digest <> $2)";

/// A submission as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// Its number.
    pub id: i64,
    /// Digest of the learner's cookie.
    pub learner: String,
    /// When it was handed in, in milliseconds since 1970.
    pub created_at: i64,
    /// The program.
    pub code: String,
    /// Whether it has passed.
    pub passed: bool,
    /// How many jobs were asked for it in vain.
    pub lost_jobs: u32,
}

/// What it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Regraded {
    /// The submission.
    pub stored: Stored,
    /// The executor's word.
    pub status: String,
    /// Whether all tests passed.
    pub passed: bool,
    /// Whether that completes the exercise: the program itself ended well, too.
    pub completes: bool,
    /// Wall time of the run, in milliseconds.
    pub execution_ms: i64,
    /// JSON list of the test cases' names and statuses.
    pub test_cases: Option<String>,
}

/// An exercise whose submissions are graded again.
#[derive(Debug, Clone, Copy)]
pub struct Regrade<'a> {
    /// Its id.
    pub exercise: &'a str,
    /// Digest of its tests.
    pub digest: &'a str,
    /// When, in milliseconds since 1970.
    pub at: i64,
}

/// What a regrade did to completed exercises.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Completions {
    /// Learners whose exercise is completed now and was not.
    pub given: usize,
    /// Learners whose exercise is completed though none of their submissions passes.
    pub unfounded: usize,
}

impl Db {
    /// Submissions with another result than of these tests, in the order in which they were handed in; at most `most`,
    /// after the one with this number.
    ///
    /// # Errors
    /// The database is away.
    pub async fn to_regrade(&self, regrade: Regrade<'_>, after: i64, most: u32) -> Result<Vec<Stored>, DbError> {
        let text = format!(
            "SELECT id, learner_id, created_at, code, passed, lost_jobs FROM submissions \
             WHERE exercise_id = $1 AND id > $3 AND {STALE} ORDER BY id LIMIT $4"
        );
        in_time(async {
            let query = sqlx::query(sqlx::AssertSqlSafe(text)).bind(regrade.exercise).bind(regrade.digest);
            let rows = query.bind(after).bind(i64::from(most)).fetch_all(&self.pool).await?;
            let one = |row: &sqlx::any::AnyRow| {
                Ok(Stored {
                    id: row.try_get(0)?,
                    learner: row.try_get(1)?,
                    created_at: row.try_get(2)?,
                    code: row.try_get(3)?,
                    passed: row.try_get::<Option<i64>, _>(4)? == Some(1),
                    lost_jobs: number(row, 5)?,
                })
            };
            rows.iter().map(one).collect()
        })
        .await
    }

    /// Replaces a result: learners whose exercise is completed by it; `None` when it was of these tests already.
    ///
    /// # Errors
    /// The database is away, and nothing is changed.
    pub async fn replace_result(&self, regrade: Regrade<'_>, now: &Regraded) -> Result<Option<usize>, DbError> {
        let mut transaction = self.one.begin_with(self.begin).await?;
        let given = replace(&mut transaction, regrade, now).await?;
        transaction.commit().await?;
        Ok(given)
    }

    /// What all these results would change; nothing of it stays.
    ///
    /// # Errors
    /// The database is away.
    pub async fn rehearse(&self, regrade: Regrade<'_>, all: &[Regraded]) -> Result<Completions, DbError> {
        let mut transaction = self.one.begin_with(self.begin).await?;
        let mut given = 0;
        for now in all {
            given += replace(&mut transaction, regrade, now).await?.unwrap_or_default();
        }
        let unfounded = unfounded(&mut transaction, regrade).await?;
        transaction.rollback().await?;
        Ok(Completions { given, unfounded })
    }

    /// Learners whose exercise is completed though none of their submissions passes, all of which are graded with these
    /// tests.
    ///
    /// # Errors
    /// The database is away.
    pub async fn unfounded(&self, regrade: Regrade<'_>) -> Result<usize, DbError> {
        let mut connection = self.pool.acquire().await?;
        in_time(unfounded(&mut connection, regrade)).await
    }

    /// Makes completion, best time and best solution what the submissions say, for learners whose submissions are all
    /// graded with these tests: how many have not completed the exercise any more.
    ///
    /// # Errors
    /// The database is away, and nothing is changed.
    pub async fn take_back(&self, regrade: Regrade<'_>) -> Result<usize, DbError> {
        let passing = "FROM submissions s WHERE s.learner_id = progress.learner_id \
                       AND s.exercise_id = progress.exercise_id AND s.passed = 1 AND s.status = 'ok'";
        let text = format!(
            "UPDATE progress SET completed_at = (SELECT MIN(s.created_at) {passing}), \
                 best_time_ms = (SELECT MIN(s.execution_ms) {passing}), \
                 best_solution = (SELECT s.code {passing} ORDER BY LENGTH(s.code), s.id LIMIT 1) \
             WHERE exercise_id = $1 AND completed_at IS NOT NULL AND {SETTLED}"
        );
        let mut transaction = self.one.begin_with(self.begin).await?;
        let taken = unfounded(&mut transaction, regrade).await?;
        let query = sqlx::query(sqlx::AssertSqlSafe(text)).bind(regrade.exercise).bind(regrade.digest);
        query.execute(&mut *transaction).await?;
        transaction.commit().await?;
        Ok(taken)
    }

    /// A job for a submission ended without a verdict.
    ///
    /// # Errors
    /// The database is away.
    pub async fn note_lost_job(&self, submission: i64) -> Result<(), DbError> {
        let query = sqlx::query("UPDATE submissions SET lost_jobs = lost_jobs + 1 WHERE id = $1").bind(submission);
        in_time(async { Ok(query.execute(&self.one).await.map(drop)?) }).await
    }
}

/// Of a row of `progress` whose learner has submissions, all of them graded with the tests of the digest `$2`.
const SETTLED: &str = "\
    EXISTS (SELECT 1 FROM submissions s WHERE s.learner_id = progress.learner_id \
        AND s.exercise_id = progress.exercise_id AND s.passed IS NOT NULL) \
    AND NOT EXISTS (SELECT 1 FROM submissions s WHERE s.learner_id = progress.learner_id \
        AND s.exercise_id = progress.exercise_id AND s.passed IS NOT NULL \
        AND (s.tests_digest IS NULL OR s.tests_digest <> $2))";

async fn replace(
    connection: &mut AnyConnection,
    regrade: Regrade<'_>,
    now: &Regraded,
) -> Result<Option<usize>, DbError> {
    // Another regrade waits here until this one is done, and then finds nothing to do.
    let text = format!("UPDATE submissions SET lost_jobs = lost_jobs WHERE id = $1 AND {STALE}");
    let query = sqlx::query(sqlx::AssertSqlSafe(text)).bind(now.stored.id).bind(regrade.digest);
    if query.execute(&mut *connection).await?.rows_affected() == 0 {
        return Ok(None);
    }
    sqlx::query(
        "INSERT INTO replaced_results (submission_id, tests_digest, status, passed, execution_ms, test_cases, \
             replaced_at) \
         SELECT id, tests_digest, status, passed, execution_ms, test_cases, $2 FROM submissions WHERE id = $1",
    )
    .bind(now.stored.id)
    .bind(regrade.at)
    .execute(&mut *connection)
    .await?;
    sqlx::query(
        "UPDATE submissions SET tests_digest = $2, status = $3, passed = $4, execution_ms = $5, test_cases = $6 \
         WHERE id = $1",
    )
    .bind(now.stored.id)
    .bind(regrade.digest)
    .bind(&now.status)
    .bind(i64::from(now.passed))
    .bind(now.execution_ms)
    .bind(now.test_cases.as_deref().map(storable))
    .execute(&mut *connection)
    .await?;
    if !now.completes {
        return Ok(Some(0));
    }
    // Completed when the first one that passes was handed in.
    let given = sqlx::query(
        "UPDATE progress SET completed_at = $3 WHERE learner_id = $1 AND exercise_id = $2 AND completed_at IS NULL",
    )
    .bind(&now.stored.learner)
    .bind(regrade.exercise)
    .bind(now.stored.created_at)
    .execute(&mut *connection)
    .await?;
    sqlx::query(
        "UPDATE progress SET \
             completed_at = CASE WHEN completed_at > $3 THEN $3 ELSE completed_at END, \
             best_time_ms = CASE WHEN best_time_ms IS NULL OR best_time_ms > $4 THEN $4 ELSE best_time_ms END, \
             best_solution = CASE WHEN best_solution IS NULL OR LENGTH(best_solution) > LENGTH($5) \
                 THEN $5 ELSE best_solution END \
         WHERE learner_id = $1 AND exercise_id = $2",
    )
    .bind(&now.stored.learner)
    .bind(regrade.exercise)
    .bind(now.stored.created_at)
    .bind(now.execution_ms)
    .bind(&now.stored.code)
    .execute(&mut *connection)
    .await?;
    Ok(Some(usize::try_from(given.rows_affected()).unwrap_or_default()))
}

async fn unfounded(connection: &mut AnyConnection, regrade: Regrade<'_>) -> Result<usize, DbError> {
    let text = format!(
        "SELECT COUNT(*) FROM progress WHERE exercise_id = $1 AND completed_at IS NOT NULL AND {SETTLED} \
         AND NOT EXISTS (SELECT 1 FROM submissions s WHERE s.learner_id = progress.learner_id \
             AND s.exercise_id = progress.exercise_id AND s.passed = 1 AND s.status = 'ok')"
    );
    let query = sqlx::query(sqlx::AssertSqlSafe(text)).bind(regrade.exercise).bind(regrade.digest);
    Ok(number(&query.fetch_one(connection).await?, 0)? as usize)
}
