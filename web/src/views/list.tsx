import type { Exercise, ExerciseProgress } from '@portal/types';
import { useEffect } from 'preact/hooks';
import type { Course } from '../app';
import { recall } from '../storage';

export function ListView({ course: { exercises, progress } }: { course: Course }) {
  useEffect(() => void (document.title = 'Python exercises'), []);
  const of = new Map(progress.exercises.map((one) => [one.exerciseId, one]));
  const open = exercises.filter((one) => !of.get(one.id)?.completed);
  const resume = open.find((one) => one.id === recall('last')) ?? open[0];
  const begun = progress.exercises.length > 0;
  return (
    <div class="list-page">
      <section class="welcome" aria-labelledby="welcome">
        <div>
          <h1 id="welcome">{begun ? 'Welcome back' : 'Learn Python by writing it'}</h1>
          <p class="quiet">Small exercises, checked in an instant. Start at the top or pick what you need.</p>
        </div>
        {resume && (
          <a class="button primary" href={`/exercises/${resume.id}`}>
            {begun ? 'Continue' : 'Start'}: {resume.title} <span aria-hidden="true">→</span>
          </a>
        )}
        <div class="overall">
          <progress max={Math.max(progress.total, 1)} value={progress.completed} aria-label="Exercises done" />
          <span>{progress.completed} of {progress.total} done</span>
        </div>
      </section>
      {exercises.length === 0 ? (
        <p class="quiet center">There are no exercises yet. The <a href="/playground">playground</a> is open.</p>
      ) : (
        <ol class="cards">
          {exercises.map((one) => <Card key={one.id} exercise={one} progress={of.get(one.id)} />)}
        </ol>
      )}
    </div>
  );
}

function Card({ exercise, progress }: { exercise: Exercise; progress: ExerciseProgress | undefined }) {
  const state = progress?.completed ? 'done' : progress && progress.attempts > 0 ? 'tried' : 'new';
  const word = { done: 'Done', tried: progress?.attempts === 1 ? '1 attempt' : `${progress?.attempts} attempts`, new: '' }[state];
  return (
    <li class={`card ${state}`}>
      <span class="mark" aria-hidden="true">{state === 'done' ? '✓' : exercise.order}</span>
      <div class="card-body">
        <div class="card-head">
          <h2><a href={`/exercises/${exercise.id}`}>{exercise.title}</a></h2>
          {word && <span class={`badge ${state}`}>{word}</span>}
        </div>
        <p>{exercise.description}</p>
        <Facts exercise={exercise} />
      </div>
    </li>
  );
}

export function Facts({ exercise }: { exercise: Exercise }) {
  return (
    <ul class="facts" aria-label="About this exercise">
      <li class={`level ${exercise.difficulty}`}>{exercise.difficulty}</li>
      <li>{exercise.estimatedTime} min</li>
      {exercise.topics.map((topic) => <li key={topic}>{topic}</li>)}
    </ul>
  );
}
