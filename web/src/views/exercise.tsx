import type { Exercise, ExerciseProgress } from '@portal/types';
import { useEffect, useMemo } from 'preact/hooks';
import { Help } from '../parts/help';
import { Markdown } from '../parts/markdown';
import { Workspace } from '../parts/workspace';
import { firstCode, remember } from '../storage';
import { Facts } from './list';

interface Props {
  exercise: Exercise;
  next: Exercise | null;
  progress: ExerciseProgress | null;
  onProgress: () => void;
}

export function ExerciseView({ exercise, next, progress, onProgress }: Props) {
  useEffect(() => {
    document.title = `${exercise.title} · Python exercises`;
    remember('last', exercise.id);
  }, [exercise.id]);
  const code = useMemo(() => firstCode(exercise.id, progress?.lastCode, exercise.starterCode), [exercise.id]);
  const onward = (kind: string) => next && (
    <a class={`button ${kind}`} href={`/exercises/${next.id}`}>Next: {next.title} <span aria-hidden="true">→</span></a>
  );
  return (
    <div class="split">
      <article class="task" aria-labelledby="title">
        <p class="crumb"><a href="/">All exercises</a>{progress?.completed && <span class="badge done">Done</span>}</p>
        <h1 id="title">{exercise.title}</h1>
        <Facts exercise={exercise} />
        <Markdown text={exercise.instructions} />
        <Help id={exercise.id} progress={progress} onProgress={onProgress} />
        {progress?.completed && <p>{onward('')}</p>}
      </article>
      <Workspace
        id={exercise.id}
        exerciseId={exercise.id}
        firstCode={code}
        starterCode={exercise.starterCode}
        onTested={onProgress}
        passed={<p class="passed">{onward('primary') ?? 'That was the last exercise. Well done.'}</p>}
      />
    </div>
  );
}
