// Generated from crates/api by `cargo xtask gen`. Times are milliseconds, sizes bytes unless the name says otherwise.

/**
 * A request that was not done, and whose turn it is now.
 */
export type Failure = {
  /**
   * Always false.
   */
  success: false,
  /**
   * What is wrong, as a sentence.
   */
  error: string,
  /**
   * The same for programs: it does not change when the sentence does.
   */
  code: string,
  /**
   * The field at fault, if one is.
   */
  field?: string,
  /**
   * Names this request in the service's log; also in the header `X-Request-Id`.
   */
  requestId: string,
};

/**
 * How the service is.
 */
export type HealthStatus = "healthy" | "degraded" | "unhealthy";

/**
 * A program to run.
 */
export type ExecuteRequest = {
  /**
   * The program: `main.py`.
   */
  code: string,
  /**
   * The tests; needed when `runTests` is true.
   */
  testCode?: string,
  /**
   * A label for logs and results.
   */
  exerciseId?: string,
  /**
   * Whether to run the tests; by default when there are some.
   */
  runTests?: boolean,
  /**
   * Standard input. When it is given, nothing is stripped from the code.
   */
  stdin?: string,
  /**
   * `sys.argv[1:]`.
   */
  args?: Array<string>,
  /**
   * Files placed in the working directory before the run.
   */
  files?: Array<RequestFile>,
  /**
   * Globs of files to return after the run.
   */
  collect?: Array<string>,
  /**
   * What the run may use, within the operator's ceilings.
   */
  limits?: RequestLimits,
  /**
   * One of `GET /runtimes`.
   */
  python?: string,
  /**
   * Where the tests run.
   */
  integrity?: Integrity,
  /**
   * Keeps the tests' source, expected values and tracebacks out of the answer.
   */
  hideTests?: boolean,
  /**
   * Whether `output` and `errors` lose trailing white space.
   */
  trim?: boolean,
};

/**
 * A file placed in the working directory.
 */
export type RequestFile = {
  /**
   * Relative, with `/` between its parts, without `..`.
   */
  path: string,
  /**
   * Its content, encoded as `encoding` says.
   */
  content: string,
  /**
   * How `content` is encoded.
   */
  encoding?: Encoding,
};

/**
 * How bytes stand in JSON.
 */
export type Encoding = "utf8" | "base64";

/**
 * What a run may use; each is optional, and bounded by the operator's ceiling.
 */
export type RequestLimits = {
  /**
   * Wall time, in milliseconds.
   */
  timeoutMs?: number,
  /**
   * Memory of all the run's processes, in MiB.
   */
  memoryMb?: number,
  /**
   * Standard output and standard error together, in bytes.
   */
  outputBytes?: number,
  /**
   * Processes and threads alive at the same time.
   */
  processes?: number,
  /**
   * Files of the run together, in bytes.
   */
  fileBytes?: number,
};

/**
 * Where tests run.
 */
export type Integrity = "isolated" | "in_process";

/**
 * A program that was run, whatever it did.
 */
export type ExecuteResponse = {
  /**
   * Exit code 0, no limit hit and, when tests ran, all of them passed.
   */
  success: boolean,
  /**
   * Standard output; what is not UTF-8 becomes U+FFFD.
   */
  output: string,
  /**
   * Standard error; a limit says here what happened and what usually causes it. Null when there is nothing to say.
   */
  errors: string | null,
  /**
   * Wall time of the run, in milliseconds: from the moment the program had the job to its end, or until it was killed.
   */
  executionTime: number,
  /**
   * What the tests found; null when none ran.
   */
  testResult: TestResult | null,
  /**
   * How it went, in one word.
   */
  status: RunStatus,
  /**
   * The exit code as the operating system saw it; null when a signal ended the program.
   */
  exitCode: number | null,
  /**
   * The signal that ended the program, if one did.
   */
  signal: number | null,
  /**
   * What the whole process tree used.
   */
  usage: Usage,
  /**
   * Output was cut at the limit; what came before the cut is there.
   */
  truncated: boolean,
  /**
   * The uncaught exception.
   */
  error: Uncaught | null,
  /**
   * What the service did to the program, in sentences.
   */
  notices: Array<string>,
  /**
   * What `collect` matched.
   */
  files: Array<Collected>,
};

/**
 * How a run went.
 */
export type RunStatus = "ok" | "error" | "syntax_error" | "tests_failed" | "timeout" | "output_limit" | "memory_limit" | "killed";

/**
 * What a run used, all its processes together.
 */
export type Usage = {
  /**
   * Processor time, in milliseconds.
   */
  cpuMs: number,
  /**
   * Peak of memory, in bytes.
   */
  peakMemoryBytes: number,
};

/**
 * An uncaught exception.
 */
export type Uncaught = {
  /**
   * Its class.
   */
  type: string,
  /**
   * What it says.
   */
  message: string,
  /**
   * The line it stands for, from 1.
   */
  line: number | null,
  /**
   * The column in that line, from 1.
   */
  column: number | null,
  /**
   * That line's text.
   */
  source: string | null,
  /**
   * One sentence for a beginner, where there is one worth saying.
   */
  hint: string | null,
};

/**
 * A file brought back from the working directory.
 */
export type Collected = {
  /**
   * Relative to the working directory.
   */
  path: string,
  /**
   * Its content, encoded as `encoding` says.
   */
  content: string,
  /**
   * `utf8` when the content is valid UTF-8, else `base64`.
   */
  encoding: Encoding,
  /**
   * It was cut at the limit on collected bytes.
   */
  truncated: boolean,
};

/**
 * What the tests found.
 */
export type TestResult = {
  /**
   * There was at least one test that counts, and all of them passed.
   */
  passed: boolean,
  /**
   * Standard output of the test phase.
   */
  output: string,
  /**
   * Standard error of the test phase.
   */
  errors: string | null,
  /**
   * Wall time of the test phase, in milliseconds.
   */
  executionTime: number,
  /**
   * Where the tests ran.
   */
  integrity: Integrity,
  /**
   * Every test that was found, in order.
   */
  testCases: Array<TestCase>,
};

/**
 * One test.
 */
export type TestCase = {
  /**
   * Its name.
   */
  name: string,
  /**
   * Whether it passed.
   */
  passed: boolean,
  /**
   * How it went.
   */
  status: TestStatus,
  /**
   * What should have come.
   */
  expected?: string,
  /**
   * What came.
   */
  actual?: string,
  /**
   * What went wrong, as Python says it.
   */
  error?: string,
  /**
   * What went wrong, in plain words.
   */
  message?: string,
  /**
   * The test's line.
   */
  line?: number,
  /**
   * That line's text.
   */
  source?: string,
  /**
   * What was printed during the test.
   */
  output?: string,
  /**
   * Its wall time, in milliseconds.
   */
  executionTime?: number,
};

/**
 * How a test went.
 */
export type TestStatus = "passed" | "failed" | "error" | "skipped" | "not_run";

/**
 * Answer of `GET /health` and `GET /ready`.
 */
export type Health = {
  /**
   * Whether programs can be run, by a run that is at most a few seconds old.
   */
  status: HealthStatus,
  /**
   * Which service this is.
   */
  service: string,
  /**
   * Now, as RFC 3339 with milliseconds.
   */
  timestamp: string,
  /**
   * The service's version.
   */
  version: string,
  /**
   * Why `status` is not `healthy`.
   */
  reason?: string,
  /**
   * Age of the last run of Python that worked, in milliseconds; null when there was none.
   */
  lastRunMs: number | null,
  /**
   * The service takes no more jobs.
   */
  stopping: boolean,
  /**
   * What stands around every run.
   */
  isolation: Isolation,
  /**
   * The interpreters; the first is the default.
   */
  runtimes: Array<RuntimeInfo>,
  /**
   * Interpreters that wait, and runs.
   */
  pool: Pool,
  /**
   * What keeps the jobs of `POST /jobs`.
   */
  jobs: JobsHealth,
};

/**
 * The level of isolation in force.
 */
export type Isolation = {
  /**
   * `namespaces` or `landlock`.
   */
  level: string,
  /**
   * Every layer, on or off, and why.
   */
  layers: Array<LayerState>,
};

/**
 * What keeps jobs.
 */
export type JobsHealth = {
  /**
   * `sqlite` or `nats`; `off` when none are taken.
   */
  engine: string,
  /**
   * Whether it can be had now.
   */
  on: boolean,
  /**
   * Why not.
   */
  why?: string,
};

/**
 * One layer of the sandbox.
 */
export type LayerState = {
  /**
   * Its name.
   */
  name: string,
  /**
   * Whether it is in force.
   */
  on: boolean,
  /**
   * Why it is on or off.
   */
  why: string,
  /**
   * What would turn it on.
   */
  hint?: string,
};

/**
 * Answer of `GET /runtimes`.
 */
export type Runtimes = {
  /**
   * The interpreters; the first is the default.
   */
  runtimes: Array<RuntimeInfo>,
};

/**
 * One interpreter.
 */
export type RuntimeInfo = {
  /**
   * What the request's `python` calls it.
   */
  name: string,
  /**
   * Its full version.
   */
  version: string,
  /**
   * Which Python.
   */
  implementation: string,
  /**
   * Whether it runs what names no `python`.
   */
  default: boolean,
  /**
   * Interpreters of this kind that wait for a program.
   */
  warm: number,
};

/**
 * Interpreters that wait, and runs.
 */
export type Pool = {
  /**
   * Interpreters that wait for a program.
   */
  warm: number,
  /**
   * Programs that run now.
   */
  busy: number,
  /**
   * Requests that wait for a place.
   */
  queued: number,
  /**
   * Programs that can run at the same time.
   */
  capacity: number,
};

/**
 * How a job or a batch is to be done.
 */
export type JobTerms = {
  /**
   * Names the request: sent again with the same key, it is answered with the same ids, and nothing is run twice.
   */
  idempotencyKey?: string,
  /**
   * Which line it waits in. By default `interactive` for a single job, `bulk` for a batch.
   */
  priority?: JobPriority,
  /**
   * Where the `JobInfo` (of a batch: the `BatchInfo`) is sent once it has ended, signed as Standard Webhooks says.
   */
  callbackUrl?: string,
};

/**
 * Which line a job waits in.
 */
export type JobPriority = "interactive" | "bulk";

/**
 * A program to run later: the body of `POST /execute`, and its terms.
 */
export type JobRequest = {
  /**
   * The program: `main.py`.
   */
  code: string,
  /**
   * The tests; needed when `runTests` is true.
   */
  testCode?: string,
  /**
   * A label for logs and results.
   */
  exerciseId?: string,
  /**
   * Whether to run the tests; by default when there are some.
   */
  runTests?: boolean,
  /**
   * Standard input. When it is given, nothing is stripped from the code.
   */
  stdin?: string,
  /**
   * `sys.argv[1:]`.
   */
  args?: Array<string>,
  /**
   * Files placed in the working directory before the run.
   */
  files?: Array<RequestFile>,
  /**
   * Globs of files to return after the run.
   */
  collect?: Array<string>,
  /**
   * What the run may use, within the operator's ceilings.
   */
  limits?: RequestLimits,
  /**
   * One of `GET /runtimes`.
   */
  python?: string,
  /**
   * Where the tests run.
   */
  integrity?: Integrity,
  /**
   * Keeps the tests' source, expected values and tracebacks out of the answer.
   */
  hideTests?: boolean,
  /**
   * Whether `output` and `errors` lose trailing white space.
   */
  trim?: boolean,
  /**
   * Names the request: sent again with the same key, it is answered with the same ids, and nothing is run twice.
   */
  idempotencyKey?: string,
  /**
   * Which line it waits in. By default `interactive` for a single job, `bulk` for a batch.
   */
  priority?: JobPriority,
  /**
   * Where the `JobInfo` (of a batch: the `BatchInfo`) is sent once it has ended, signed as Standard Webhooks says.
   */
  callbackUrl?: string,
};

/**
 * Many programs to run later.
 */
export type BatchRequest = {
  /**
   * The jobs, in an order that every answer about the batch keeps.
   */
  jobs: Array<JobRequest>,
  /**
   * Names the request: sent again with the same key, it is answered with the same ids, and nothing is run twice.
   */
  idempotencyKey?: string,
  /**
   * Which line it waits in. By default `interactive` for a single job, `bulk` for a batch.
   */
  priority?: JobPriority,
  /**
   * Where the `JobInfo` (of a batch: the `BatchInfo`) is sent once it has ended, signed as Standard Webhooks says.
   */
  callbackUrl?: string,
};

/**
 * What was taken on.
 */
export type JobsAccepted = {
  /**
   * The batch: `GET /batches/{id}`. Null for a single job.
   */
  batchId: string | null,
  /**
   * The jobs, in the order in which they were given: `GET /jobs/{id}`.
   */
  jobIds: Array<string>,
};

/**
 * How far a job has come.
 */
export type JobStatus = "queued" | "running" | "done" | "set_aside" | "cancelled";

/**
 * A job.
 */
export type JobInfo = {
  /**
   * Its id.
   */
  id: string,
  /**
   * How far it has come.
   */
  status: JobStatus,
  /**
   * Which line it waits in.
   */
  priority: JobPriority,
  /**
   * The label that it was given.
   */
  exerciseId: string | null,
  /**
   * When it was taken on, as RFC 3339 has it.
   */
  createdAt: string,
  /**
   * When an executor last took it up.
   */
  startedAt: string | null,
  /**
   * When it ended.
   */
  finishedAt: string | null,
  /**
   * How often an executor took it up. More than once: one was lost, or gave it back.
   */
  deliveries: number,
  /**
   * Why it was set aside.
   */
  reason: string | null,
  /**
   * What `POST /execute` would have answered, once it is `done`.
   */
  result: ExecuteResponse | null,
  /**
   * How its callback fares, where it has one.
   */
  callback: CallbackInfo | null,
};

/**
 * A batch.
 */
export type BatchInfo = {
  /**
   * Its id.
   */
  id: string,
  /**
   * Nothing changes any more.
   */
  finished: boolean,
  /**
   * How many of its jobs have come how far.
   */
  progress: BatchProgress,
  /**
   * When it was taken on, as RFC 3339 has it.
   */
  createdAt: string,
  /**
   * When its last job ended.
   */
  finishedAt: string | null,
  /**
   * Its jobs, in the order in which they were given.
   */
  jobIds: Array<string>,
  /**
   * How its callback fares, where it has one.
   */
  callback: CallbackInfo | null,
};

/**
 * How many jobs of a batch have come how far.
 */
export type BatchProgress = {
  /**
   * All of them.
   */
  total: number,
  /**
   * They wait.
   */
  queued: number,
  /**
   * Executors have them.
   */
  running: number,
  /**
   * They were run.
   */
  done: number,
  /**
   * They were set aside.
   */
  setAside: number,
  /**
   * They were cancelled.
   */
  cancelled: number,
};

/**
 * How a callback fares.
 */
export type CallbackInfo = {
  /**
   * How far it has come.
   */
  status: CallbackStatus,
  /**
   * How often it was tried.
   */
  attempts: number,
  /**
   * What the last try met, in a sentence.
   */
  error: string | null,
};

/**
 * How far a callback has come.
 */
export type CallbackStatus = "pending" | "delivered" | "given_up";

/**
 * What the portal answers when all is well.
 */
export type Success<T> = {
  /**
   * Always true.
   */
  success: true,
  /**
   * What was asked for.
   */
  data: T,
};

/**
 * A program to run, with an exercise's tests or without.
 */
export type RunRequest = {
  /**
   * The program.
   */
  code: string,
  /**
   * The exercise that it is for; needed when `runTests` is true.
   */
  exerciseId?: string,
  /**
   * Whether to run the exercise's tests: an attempt, which is counted.
   */
  runTests?: boolean,
  /**
   * Standard input.
   */
  stdin?: string,
};

/**
 * An exercise as learners see it.
 */
export type Exercise = {
  /**
   * Its name in addresses.
   */
  id: string,
  /**
   * Its title.
   */
  title: string,
  /**
   * One sentence.
   */
  description: string,
  /**
   * What is to be done, as CommonMark.
   */
  instructions: string,
  /**
   * What the editor starts with.
   */
  starterCode: string,
  /**
   * How hard it is.
   */
  difficulty: Difficulty,
  /**
   * What it is about.
   */
  topics: Array<string>,
  /**
   * Its place among the others.
   */
  order: number,
  /**
   * Minutes that it usually takes.
   */
  estimatedTime: number,
};

/**
 * How hard an exercise is.
 */
export type Difficulty = "beginner" | "easy" | "medium" | "hard";

/**
 * A hint.
 */
export type Hint = {
  /**
   * From 1, a nudge, upwards.
   */
  level: number,
  /**
   * What it says, as CommonMark.
   */
  text: string,
};

/**
 * A wish to see the solution.
 */
export type SolutionRequest = {
  /**
   * Now, whatever the number of attempts.
   */
  giveUp?: boolean,
};

/**
 * An exercise's solution.
 */
export type Solution = {
  /**
   * Its code.
   */
  solutionCode: string,
};

/**
 * Answer to a wish for the solution that comes too early.
 */
export type SolutionLocked = {
  /**
   * Attempts made.
   */
  attempts: number,
  /**
   * Attempts after which the solution is shown.
   */
  attemptsNeeded: number,
  /**
   * Always false.
   */
  success: false,
  /**
   * What is wrong, as a sentence.
   */
  error: string,
  /**
   * The same for programs: it does not change when the sentence does.
   */
  code: string,
  /**
   * The field at fault, if one is.
   */
  field?: string,
  /**
   * Names this request in the service's log; also in the header `X-Request-Id`.
   */
  requestId: string,
};

/**
 * What a learner has done.
 */
export type Progress = {
  /**
   * Exercises completed, of those that there are.
   */
  completed: number,
  /**
   * Exercises that there are.
   */
  total: number,
  /**
   * Those that the learner has touched, in order.
   */
  exercises: Array<ExerciseProgress>,
};

/**
 * What a learner has done with one exercise.
 */
export type ExerciseProgress = {
  /**
   * Which exercise.
   */
  exerciseId: string,
  /**
   * Runs with tests.
   */
  attempts: number,
  /**
   * All tests have passed once.
   */
  completed: boolean,
  /**
   * When that was first so, as RFC 3339.
   */
  completedAt: string | null,
  /**
   * The shortest time of a run that passed, in milliseconds.
   */
  bestTimeMs: number | null,
  /**
   * The highest hint seen; 0 for none.
   */
  hintsSeen: number,
  /**
   * The solution was shown.
   */
  solutionSeen: boolean,
  /**
   * The shortest code that passed.
   */
  bestSolution: string | null,
  /**
   * The code that was run last.
   */
  lastCode: string | null,
};

/**
 * Answer of the portal's `GET /health` and `GET /ready`.
 */
export type PortalHealth = {
  /**
   * Whether learners can work: `degraded` when some executor is away, `unhealthy` (503) when all are, or the database.
   */
  status: HealthStatus,
  /**
   * Which service this is.
   */
  service: string,
  /**
   * Now, as RFC 3339 with milliseconds.
   */
  timestamp: string,
  /**
   * The service's version.
   */
  version: string,
  /**
   * The service takes no more work.
   */
  stopping: boolean,
  /**
   * The database.
   */
  database: DatabaseHealth,
  /**
   * Every executor.
   */
  executors: Array<ExecutorHealth>,
};

/**
 * How the database is.
 */
export type DatabaseHealth = {
  /**
   * Whether it answers.
   */
  status: HealthStatus,
  /**
   * `sqlite` or `postgres`.
   */
  kind: string,
};

/**
 * How an executor is.
 */
export type ExecutorHealth = {
  /**
   * Where it is.
   */
  url: string,
  /**
   * Whether it takes work.
   */
  status: HealthStatus,
  /**
   * Requests of this portal that it works on.
   */
  inFlight: number,
  /**
   * Why it takes none.
   */
  reason?: string,
};
