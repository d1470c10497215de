//! What every engine promises, asked of each of them.

mod contract;
mod sqlite;

/// Declares a test for each promise. `$engine` makes a fresh engine with these options.
#[macro_export]
macro_rules! every_promise {
    ($engine:path) => {
        $crate::every_promise! { $engine:
            a_job_is_delivered_once_and_has_one_result,
            a_key_names_one_request,
            a_batch_keeps_its_order_and_counts,
            a_job_can_be_of_several_batches,
            events_come_in_the_order_of_ends_and_resume,
            events_wait_for_the_next,
            nobody_sees_anothers_jobs,
            tenants_share_evenly,
            interactive_comes_first_and_bulk_gets_on,
            no_more_is_taken_than_was_asked_for,
            the_queue_of_a_tenant_is_bounded,
            a_lease_that_is_not_kept_ends,
            a_lease_that_is_kept_lasts,
            the_first_result_stays,
            what_kills_its_executor_is_set_aside,
            what_is_given_back_has_not_died,
            what_can_never_run_is_set_aside,
            what_waits_can_be_cancelled,
            what_runs_can_be_cancelled,
            a_batch_can_be_cancelled,
            a_callback_is_made_until_it_is_taken,
            a_callback_is_given_up,
            a_batch_calls_back_once,
            what_ended_long_ago_is_forgotten,
            large_bodies_and_results_are_kept,
            many_at_once_are_each_done_once,
        }
    };
    ($engine:path: $($promise:ident),* $(,)?) => {
        $(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $promise() {
                $crate::contract::$promise($engine).await;
            }
        )*
    };
}
