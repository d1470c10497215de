//! Exercises in the database.

use std::time::Instant;

use api::{Exercise, Hint, Integrity};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use super::progress::number;
use super::{Db, DbError, in_time};
use crate::exercises::{Lesson, Tests};

/// Who brought an exercise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The start of the portal, which may replace it.
    Start,
    /// `portal exercises load`, which alone may replace it.
    Loaded,
}

impl Origin {
    fn name(self) -> &'static str {
        match self {
            Origin::Start => "start",
            Origin::Loaded => "loaded",
        }
    }
}

impl Db {
    /// All exercises, in order.
    ///
    /// # Errors
    /// The database is away.
    pub async fn exercises(&self) -> Result<Vec<Exercise>, DbError> {
        const ALL: &str = "SELECT id, title, description, instructions, starter_code, difficulty, topics, position, \
                           minutes FROM exercises ORDER BY position, id";
        in_time(async { sqlx::query(ALL).fetch_all(&self.pool).await?.iter().map(exercise).collect() }).await
    }

    /// One exercise, if there is such a one.
    ///
    /// # Errors
    /// The database is away.
    pub async fn exercise(&self, id: &str) -> Result<Option<Exercise>, DbError> {
        const ONE: &str = "SELECT id, title, description, instructions, starter_code, difficulty, topics, position, \
                           minutes FROM exercises WHERE id = $1";
        in_time(async {
            let row = sqlx::query(ONE).bind(id).fetch_optional(&self.pool).await?;
            row.as_ref().map(exercise).transpose()
        })
        .await
    }

    /// How many exercises there are.
    ///
    /// # Errors
    /// The database is away.
    pub async fn count_exercises(&self) -> Result<u32, DbError> {
        in_time(async { number(&sqlx::query("SELECT COUNT(*) FROM exercises").fetch_one(&self.pool).await?, 0) }).await
    }

    /// An exercise's tests, if there is such an exercise; as they were within the last second.
    ///
    /// # Errors
    /// The database is away.
    pub async fn tests(&self, id: &str) -> Result<Option<Tests>, DbError> {
        if let Some(tests) = self.recent.get(id) {
            return Ok(Some(tests));
        }
        let asked = Instant::now();
        let tests = self.read_tests(id).await?;
        self.recent.put(id, asked, tests.as_ref());
        Ok(tests)
    }

    async fn read_tests(&self, id: &str) -> Result<Option<Tests>, DbError> {
        let text = "SELECT test_code, hide_tests, integrity FROM exercises WHERE id = $1";
        in_time(async {
            let row = sqlx::query(text).bind(id).fetch_optional(&self.pool).await?;
            row.map(|row| {
                let hide = row.try_get::<i64, _>(1)? != 0;
                Ok(Tests { code: row.try_get(0)?, hide, integrity: from_word::<Integrity>(&row, 2)? })
            })
            .transpose()
        })
        .await
    }

    /// An exercise's solution, if there is such an exercise.
    ///
    /// # Errors
    /// The database is away.
    pub async fn solution(&self, id: &str) -> Result<Option<String>, DbError> {
        let text = "SELECT solution_code FROM exercises WHERE id = $1";
        in_time(async { Ok(sqlx::query_scalar(text).bind(id).fetch_optional(&self.pool).await?) }).await
    }

    /// An exercise's hints by level.
    ///
    /// # Errors
    /// The database is away.
    pub async fn hints(&self, id: &str) -> Result<Vec<Hint>, DbError> {
        let text = "SELECT level, text FROM hints WHERE exercise_id = $1 ORDER BY level";
        in_time(async {
            let rows = sqlx::query(text).bind(id).fetch_all(&self.pool).await?;
            rows.iter().map(|row| Ok(Hint { level: number(row, 0)?, text: row.try_get(1)? })).collect()
        })
        .await
    }

    /// Puts exercises into the database, all or none. At the start those are left alone that were loaded, and those go
    /// that an earlier start brought and this one does not.
    ///
    /// # Errors
    /// The database is away.
    pub async fn put_exercises(&self, lessons: &[Lesson], origin: Origin) -> Result<(), DbError> {
        let mut transaction = self.one.begin_with(self.begin).await?;
        let known: Vec<(String, String)> =
            sqlx::query_as("SELECT id, origin FROM exercises").fetch_all(&mut *transaction).await?;
        if origin == Origin::Start {
            for (id, _) in known.iter().filter(|(_, by)| by == origin.name()) {
                if !lessons.iter().any(|lesson| lesson.seen.id == *id) {
                    let gone = sqlx::query("DELETE FROM exercises WHERE id = $1").bind(id);
                    gone.execute(&mut *transaction).await?;
                }
            }
        }
        let is_loaded = |id: &str| known.iter().any(|(known, by)| known == id && by == Origin::Loaded.name());
        for lesson in lessons.iter().filter(|lesson| origin == Origin::Loaded || !is_loaded(&lesson.seen.id)) {
            put(&mut transaction, lesson, origin).await?;
        }
        transaction.commit().await?;
        self.recent.clear();
        Ok(())
    }
}

async fn put(connection: &mut AnyConnection, lesson: &Lesson, origin: Origin) -> Result<(), DbError> {
    let text = "INSERT INTO exercises (id, position, title, description, instructions, starter_code, solution_code, \
            test_code, difficulty, topics, minutes, hide_tests, integrity, origin) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) \
        ON CONFLICT (id) DO UPDATE SET position = excluded.position, title = excluded.title, \
            description = excluded.description, instructions = excluded.instructions, \
            starter_code = excluded.starter_code, solution_code = excluded.solution_code, \
            test_code = excluded.test_code, difficulty = excluded.difficulty, topics = excluded.topics, \
            minutes = excluded.minutes, hide_tests = excluded.hide_tests, integrity = excluded.integrity, \
            origin = excluded.origin";
    let Lesson { seen, solution_code, tests, hints, .. } = lesson;
    sqlx::query(text)
        .bind(&seen.id)
        .bind(i64::from(seen.order))
        .bind(&seen.title)
        .bind(&seen.description)
        .bind(&seen.instructions)
        .bind(&seen.starter_code)
        .bind(solution_code)
        .bind(&tests.code)
        .bind(word(&seen.difficulty)?)
        .bind(serde_json::to_string(&seen.topics).map_err(|e| DbError::Content(e.to_string()))?)
        .bind(i64::from(seen.estimated_time))
        .bind(i64::from(tests.hide))
        .bind(word(&tests.integrity)?)
        .bind(origin.name())
        .execute(&mut *connection)
        .await?;
    sqlx::query("DELETE FROM hints WHERE exercise_id = $1").bind(&seen.id).execute(&mut *connection).await?;
    for hint in hints {
        sqlx::query("INSERT INTO hints (exercise_id, level, text) VALUES ($1, $2, $3)")
            .bind(&seen.id)
            .bind(i64::from(hint.level))
            .bind(&hint.text)
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

fn exercise(row: &AnyRow) -> Result<Exercise, DbError> {
    let topics: String = row.try_get(6)?;
    Ok(Exercise {
        id: row.try_get(0)?,
        title: row.try_get(1)?,
        description: row.try_get(2)?,
        instructions: row.try_get(3)?,
        starter_code: row.try_get(4)?,
        difficulty: from_word(row, 5)?,
        topics: serde_json::from_str(&topics).map_err(|e| DbError::Content(e.to_string()))?,
        order: number(row, 7)?,
        estimated_time: number(row, 8)?,
    })
}

/// An enumeration's value as one word.
fn word(value: &impl Serialize) -> Result<String, DbError> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => Ok(word),
        other => Err(DbError::Content(format!("{other:?} is no word"))),
    }
}

fn from_word<T: DeserializeOwned>(row: &AnyRow, index: usize) -> Result<T, DbError> {
    let word: String = row.try_get(index)?;
    serde_json::from_value(word.into()).map_err(|e| DbError::Content(e.to_string()))
}
