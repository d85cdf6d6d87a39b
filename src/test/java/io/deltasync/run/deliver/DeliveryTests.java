package io.deltasync.run.deliver;

import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.LinkContext;
import io.deltasync.api.Operation;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.TargetAdapter;
import io.deltasync.lease.LeaseLostException;
import io.deltasync.link.RetrySettings;
import io.deltasync.reject.Reject;
import io.deltasync.run.retry.Retries;
import io.deltasync.run.retry.RunEndsException;
import io.deltasync.run.retry.UnavailableException;
import io.deltasync.scope.ScopeEntry;
import io.deltasync.scope.ScopePage;
import io.deltasync.testing.Script;
import io.deltasync.testing.ScriptedTarget;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * How a batch that the target refuses is taken apart.
 */
class DeliveryTests {

	private final Script script = new Script();

	private final Delivery delivery = new Delivery(LinkContext.builder().build(),
			new Filters(List.of(), LinkContext.builder().build(), retries()), (record) -> {
			}, UnaryOperator.identity(), new ScriptedTarget(this.script), retries());

	@Test
	void batchWithoutBadRecordsIsOneWrite() throws Exception {
		this.delivery.deliver(batch(1000));
		assertThat(this.script.pushes).hasSize(1);
		assertThat(this.script.target).hasSize(1000);
	}

	@Test
	void badRecordsEndUpAloneAndAllOthersAreDelivered() throws Exception {
		Random random = new Random(4711);
		for (int size : new int[] { 1, 2, 3, 7, 64, 100, 1000 }) {
			for (int bad : new int[] { 1, 2, 3, 10 }) {
				this.script.reset();
				while (this.script.poison.size() < Math.min(bad, size)) {
					this.script.poison.add(random.nextInt(size));
				}
				List<BatchRecord> batch = batch(size);
				this.delivery.deliver(batch);
				assertThat(failed(batch)).isEqualTo(this.script.poison);
				assertThat(this.script.target).hasSize(size - this.script.poison.size());
				int log = 32 - Integer.numberOfLeadingZeros(size - 1);
				assertThat(this.script.pushes.size())
					.as("writes for %d bad records in %d", this.script.poison.size(), size)
					.isLessThanOrEqualTo(2 * this.script.poison.size() * log + 1);
			}
		}
	}

	@Test
	void batchOfBadRecordsOnlyFailsEach() throws Exception {
		List<BatchRecord> batch = batch(8);
		this.script.poison.addAll(List.of(0, 1, 2, 3, 4, 5, 6, 7));
		this.delivery.deliver(batch);
		assertThat(failed(batch)).hasSize(8);
		assertThat(batch.get(3).record.errors()).containsExactly("cannot take 3");
	}

	@Test
	void recordThatIsIgnoredOrFailedBeforeIsNotPushed() throws Exception {
		List<BatchRecord> batch = batch(3);
		batch.get(0).record.ignore("not wanted");
		batch.get(1).record.addError("no good");
		this.delivery.deliver(batch);
		assertThat(this.script.target).containsOnlyKeys(2);
		assertThat(batch.get(1).failedAt).isEqualTo(Reject.Stage.FILTER);
	}

	@Test
	void abortIsNotTakenForABadRecord() {
		this.script.targetDown = new AbortRunException("no such table");
		assertThatExceptionOfType(AbortRunException.class).isThrownBy(() -> this.delivery.deliver(batch(10)));
		assertThat(this.script.pushes).hasSize(1);
	}

	@Test
	void connectionThatIsGoneIsTriedAgainAndNotTakenForABadRecord() {
		this.script.targetDown = new IllegalStateException(new SQLException("gone", "08S01"));
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> this.delivery.deliver(batch(10)));
		assertThat(this.script.pushes).hasSize(3);
	}

	@Test
	void batchAndItsPartsHaveTheSameFewAttemptsWhateverTheReason() throws Exception {
		List<Integer> writes = new ArrayList<>();
		TargetAdapter locked = new TargetAdapter() {

			@Override
			public int getBatchSizeLimit(LinkContext context) {
				return 8;
			}

			@Override
			public void pushRecords(LinkContext context, List<RecordInFlight> records) throws SQLException {
				writes.add(records.size());
				for (RecordInFlight record : records) {
					if (record.get("id").equals(3)) {
						throw new SQLTimeoutException("somebody holds a lock on 3");
					}
				}
			}

		};
		LinkContext context = LinkContext.builder().build();
		List<BatchRecord> batch = batch(8);
		new Delivery(context, new Filters(List.of(), context, retries()), (record) -> {
		}, UnaryOperator.identity(), locked, retries()).deliver(batch);
		assertThat(failed(batch)).containsExactly(3);
		assertThat(writes).containsExactly(8, 8, 8, 4, 2, 2, 1, 1, 4);
	}

	@Test
	void targetThatIsBlockedForAllRecordsAbortsTheRunInsteadOfFailingEach() {
		AtomicInteger writes = new AtomicInteger();
		List<BatchRecord> batch = batch(1000);
		assertThatExceptionOfType(UnavailableException.class).isThrownBy(() -> deliver(batch, (records) -> {
			writes.incrementAndGet();
			throw new SQLException("Lock wait timeout exceeded", "HY000", 1205);
		}))
			.withMessageContainingAll("the target 'invoices' keeps failing", "holds locks")
			.havingRootCause()
			.withMessage("Lock wait timeout exceeded");
		assertThat(writes).as("three attempts, nine halves, and the neighbour of the last").hasValue(13);
	}

	@Test
	void twoPartsThatFailForDifferentReasonsDoNotAbortTheRun() throws Exception {
		List<BatchRecord> batch = batch(8);
		deliver(batch, (records) -> {
			if (records.stream().anyMatch((record) -> record.get("id").equals(1))) {
				throw new SQLTimeoutException("somebody holds a lock on 1");
			}
			if (records.stream().anyMatch((record) -> record.get("id").equals(6))) {
				throw new IllegalArgumentException("cannot take 6");
			}
		});
		assertThat(failed(batch)).containsExactly(1, 6);
	}

	@Test
	void requestToStopIsHeardBeforeEachWriteOfAPart() {
		AtomicInteger writes = new AtomicInteger();
		Retries stopped = new Retries("people", new RetrySettings(1, Duration.ofMillis(1), 2, Duration.ofMillis(1)),
				(call, attempt, time) -> true, () -> {
					if (writes.get() == 4) {
						throw new RunEndsException();
					}
				});
		assertThatExceptionOfType(RunEndsException.class).isThrownBy(() -> deliver(batch(100), (records) -> {
			writes.incrementAndGet();
			throw new IllegalArgumentException("one of %d".formatted(records.size()));
		}, stopped));
		assertThat(writes).hasValue(4);
	}

	@Test
	void leaseThatIsLostWhileTheTargetWritesIsNotTakenForABadRecord() {
		AtomicInteger writes = new AtomicInteger();
		LeaseLostException lost = new LeaseLostException("people");
		assertThatExceptionOfType(LeaseLostException.class).isThrownBy(() -> deliver(batch(8), (records) -> {
			writes.incrementAndGet();
			throw lost;
		})).isSameAs(lost);
		assertThat(writes).hasValue(1);
	}

	@Test
	void whatATargetMarkedBeforeItFailedDoesNotCount() throws Exception {
		List<BatchRecord> batch = batch(4);
		batch.get(1).record.addWarning("of a filter");
		AtomicInteger calls = new AtomicInteger();
		deliver(batch, (records) -> {
			records.forEach((record) -> {
				record.addError("not yet");
				record.addWarning("tried");
				record.setSuccess(false);
			});
			if (calls.incrementAndGet() == 1) {
				throw new SQLTimeoutException("busy");
			}
			records.forEach((record) -> record.set("seen", true));
			throw new IllegalArgumentException("one of %d".formatted(records.size()));
		});
		assertThat(batch).extracting((batchRecord) -> batchRecord.record.errors()).containsOnly(List.of("one of 1"));
		assertThat(batch.get(0).record.warnings()).isEmpty();
		assertThat(batch.get(0).record.has("seen")).isFalse();
		assertThat(batch.get(1).record.warnings()).containsExactly("of a filter");
	}

	@Test
	void deletionIsNotWrittenByATargetThatKnowsNothingOfIt() throws Exception {
		List<BatchRecord> batch = new ArrayList<>(batch(1));
		batch.add(new BatchRecord(new RecordInFlight(Map.of("id", 1), Operation.DELETE), batch.get(0).scope));
		batch.add(new BatchRecord(new RecordInFlight(Map.of("id", 2), Operation.UPDATE), batch.get(0).scope));
		List<Object> written = new ArrayList<>();
		deliver(batch, (records) -> records.forEach((record) -> written.add(record.get("id"))));
		assertThat(written).containsExactly(0);
		assertThat(batch.get(1).record.errors()).singleElement()
			.asString()
			.contains("DELETE", "TargetAdapterForDeletes");
		assertThat(batch.get(2).record.errors()).singleElement().asString().contains("UPDATE");
	}

	private static void deliver(List<BatchRecord> batch, Push push) throws Exception {
		deliver(batch, push, retries());
	}

	private static void deliver(List<BatchRecord> batch, Push push, Retries retries) throws Exception {
		LinkContext context = LinkContext.builder().linkTargetName("invoices").build();
		new Delivery(context, new Filters(List.of(), context, retries), (record) -> {
		}, UnaryOperator.identity(), new TargetAdapter() {

			@Override
			public int getBatchSizeLimit(LinkContext context) {
				return 8;
			}

			@Override
			public void pushRecords(LinkContext context, List<RecordInFlight> records) throws Exception {
				push.push(records);
			}

		}, retries).deliver(batch);
	}

	private interface Push {

		void push(List<RecordInFlight> records) throws Exception;

	}

	@Test
	void recordsAreMappedAndWhatCannotBeIsNotPushed() throws Exception {
		List<BatchRecord> batch = batch(3);
		delivery((record) -> {
			if (record.get("id").equals(1)) {
				throw new IllegalArgumentException("'x' is not a number");
			}
			record.set("name", record.get("name") + "!");
		}).deliver(batch);
		assertThat(this.script.pushes).containsExactly(List.of(0, 2));
		assertThat(this.script.target.get(2)).containsEntry("name", "name 2!");
		assertThat(batch.get(1).record.errors()).containsExactly("'x' is not a number");
		assertThat(batch.get(1).failedAt).isEqualTo(Reject.Stage.MAPPING);
		assertThat(batch.get(2).failedAt).isNull();
	}

	@Test
	void mappingThatAbortsTheRunIsNotTakenForABadRecord() {
		AbortRunException abort = new AbortRunException("the table of codes is gone");
		assertThatExceptionOfType(AbortRunException.class).isThrownBy(() -> delivery((record) -> {
			throw abort;
		}).deliver(batch(3))).isSameAs(abort);
		assertThat(this.script.pushes).isEmpty();
	}

	private Delivery delivery(Consumer<RecordInFlight> mapping) {
		LinkContext context = LinkContext.builder().build();
		return new Delivery(context, new Filters(List.of(), context, retries()), mapping, UnaryOperator.identity(),
				new ScriptedTarget(this.script), retries());
	}

	static Retries retries() {
		return new Retries("people", new RetrySettings(3, Duration.ofMillis(1), 2, Duration.ofMillis(1)),
				(call, attempt, time) -> true, () -> {
				});
	}

	private static List<BatchRecord> batch(int size) {
		OpenScope scope = new OpenScope(new ScopePage(1, 0, List.of(new ScopeEntry(0, null)), 0), 0);
		List<BatchRecord> batch = new ArrayList<>();
		for (RecordInFlight record : Script.records(0, size)) {
			batch.add(new BatchRecord(record, scope));
		}
		return batch;
	}

	private static Set<Object> failed(List<BatchRecord> batch) {
		Set<Object> failed = new LinkedHashSet<>();
		for (BatchRecord batchRecord : batch) {
			if (batchRecord.record.isFailed()) {
				failed.add(batchRecord.record.get("id"));
			}
		}
		return failed;
	}

}
