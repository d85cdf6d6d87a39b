/**
 * A run of a Link, in the order of its stages. Each stage has a package:
 * <ol>
 * <li>{@code start} acquires the Link's lease, completes the job parameters and launches
 * the job: {@code RunStarter}, {@code RunParametersFactory}.</li>
 * <li>{@code job} is the Spring Batch job with its steps and their order:
 * {@code LinkJobFactory}.</li>
 * <li>{@code plan} asks the source how to fetch and stores its scopes in pages:
 * {@code PlanTasklet}, {@code Planner}, and {@code Planning}, which decides.</li>
 * <li>{@code lane} claims pages ({@code LanePages}) and processes their records in
 * batches: {@code Lane} fetches while {@code LaneWriter} delivers.</li>
 * <li>{@code fetch} opens a scope and reads its records: {@code Fetch}.</li>
 * <li>{@code deliver} filters, maps and writes a batch and stores the outcome of its
 * records in a {@code TargetSession}: {@code Delivery}, {@code RejectUpdater} (rejects),
 * {@code DeliveryIndex} (the delivery index). {@code RejectRedeliveryTasklet} then
 * delivers waiting rejects again, and {@code DeletesTasklet} deletes records that the
 * source no longer has.</li>
 * <li>{@code verify} compares instead, in a verification: {@code VerifySession} in the
 * lanes, and then {@code SecondLook}, which confirms what differs and repairs it.</li>
 * <li>{@code job} ends with {@code VerdictTasklet}: {@link io.deltasync.run.Verdict}
 * alone decides whether the run was successful, from what is stored and from the reasons
 * that the stages added to {@link io.deltasync.run.RunEnding}.</li>
 * </ol>
 * {@code retry} repeats calls after transient failures. This package holds the classes
 * that the stages share: {@link io.deltasync.run.ActiveRun}, the run in this process,
 * with its {@link io.deltasync.run.RunEnding} and {@link io.deltasync.run.RunCounters},
 * and {@link io.deltasync.run.RunTransactions}, in which all of them store its state.
 * <p>
 * A Spring application that has DeltaSync as a library can listen to its runs:
 * {@link io.deltasync.run.RunEvent}.
 * <p>
 * {@code retry}, {@code run}, {@code plan}, {@code fetch}, {@code deliver},
 * {@code verify}, {@code lane}, {@code job} and {@code start} import only packages that
 * precede them in this list.
 */
@NullMarked
package io.deltasync.run;

import org.jspecify.annotations.NullMarked;
