import type { Exercise, Progress } from '@portal/types';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { ApiError, api } from './api';
import { Header } from './parts/header';
import { route, usePath } from './router';
import { ExerciseView } from './views/exercise';
import { ListView } from './views/list';
import { Playground } from './views/playground';

export interface Course {
  exercises: Exercise[];
  progress: Progress;
}

export function App() {
  const path = usePath();
  const here = route(path);
  const [course, setCourse] = useState<Course | null>(null);
  const [fault, setFault] = useState<string | null>(null);

  const load = useCallback(async () => {
    setFault(null);
    try {
      const [exercises, progress] = await Promise.all([api.exercises(), api.progress()]);
      setCourse({ exercises, progress });
    } catch (error) {
      setFault(error instanceof ApiError ? error.message : String(error));
    }
  }, []);
  const refresh = useCallback(async () => {
    const progress = await api.progress().catch(() => null);
    if (progress) setCourse((old) => old && { ...old, progress });
  }, []);
  useEffect(() => void load(), []);

  // Whoever cannot see the page change hears where they are.
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);
  useEffect(() => {
    if (!first.current) main.current?.focus();
    first.current = false;
  }, [path]);

  let view = <p class="quiet center">Loading…</p>;
  if (here.view === 'playground') view = <Playground />;
  else if (here.view === 'nowhere') view = <Nowhere what="There is no page at this address." />;
  else if (fault) view = <Away message={fault} retry={load} />;
  else if (course && here.view === 'list') view = <ListView course={course} />;
  else if (course && here.view === 'exercise') {
    const index = course.exercises.findIndex((exercise) => exercise.id === here.id);
    const exercise = course.exercises[index];
    view = exercise ? (
      <ExerciseView
        key={exercise.id}
        exercise={exercise}
        next={course.exercises[index + 1] ?? null}
        progress={course.progress.exercises.find((one) => one.exerciseId === exercise.id) ?? null}
        onProgress={refresh}
      />
    ) : (
      <Nowhere what="There is no exercise with this name." />
    );
  }
  return (
    <>
      <a class="skip" href="#main">Skip to content</a>
      <Header path={path} />
      <main id="main" ref={main} tabIndex={-1}>{view}</main>
    </>
  );
}

function Nowhere({ what }: { what: string }) {
  useEffect(() => void (document.title = 'Not found · Python exercises'), []);
  return (
    <div class="center">
      <h1>Not here</h1>
      <p class="quiet">{what}</p>
      <a class="button primary" href="/">All exercises</a>
    </div>
  );
}

function Away({ message, retry }: { message: string; retry: () => void }) {
  return (
    <div class="center" role="alert">
      <h1>The exercises could not be loaded</h1>
      <p class="quiet">{message}</p>
      <button class="button primary" onClick={retry}>Try again</button>
    </div>
  );
}
