package io.deltasync.testkit;

import java.sql.SQLTransientException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import io.deltasync.api.ConfigurableAdapter;
import io.deltasync.api.LinkContext;
import io.deltasync.api.Operation;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.RunContext;
import io.deltasync.api.TargetAdapter;
import io.deltasync.api.TargetAdapterForCompletion;
import io.deltasync.api.TargetAdapterForDeletes;
import io.deltasync.api.TargetUnavailableException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the kit makes of sound targets, and which fault of a target each check finds.
 */
class TargetKitTests {

	private final Map<Object, Object> server = new TreeMap<>();

	private int closed;

	@Test
	void soundTargetPassesAllChecks() {
		TargetRun run = kit(new Sound()).deletes().run(records(7));

		assertThat(run.delivered()).hasSize(7);
		assertThat(run.failed()).isEmpty();
		assertThat(run.calls()).containsExactly(3, 3, 1);
		assertThat(this.server).isEmpty();
		assertThat(this.closed).isEqualTo(6);
	}

	@Test
	void runIsCompletedTwice() {
		TargetKit.of(Publishing::new).state(() -> Map.copyOf(this.server)).run(records(7));

		assertThat(this.server).containsEntry(1000, 1);
	}

	@Test
	void completionThatCannotBeRepeatedIsFound() {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> TargetKit.of(() -> new Publishing() {
			@Override
			public void completeRun(LinkContext context) {
				if (TargetKitTests.this.server.containsKey(1000)) {
					throw new IllegalStateException("published already");
				}
				super.completeRun(context);
			}
		}).run(records(1)))
			.withMessageContainingAll("completeRun of target adapter", "published already",
					"when it was called again for the same run");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> TargetKit.of(() -> new Publishing() {
			@Override
			public void completeRun(LinkContext context) {
				TargetKitTests.this.server.merge(1000, 1, (a, b) -> (int) a + 1);
			}
		}).state(() -> Map.copyOf(this.server)).run(records(1)))
			.withMessageContaining("left another state when completeRun was called again");
	}

	@Test
	void batchThatFailsIsSplitUntilTheBadRecordIsAlone() {
		TargetRun run = kit(new Sound() {
			@Override
			void write(RecordInFlight record) {
				if (record.get("id").equals(1)) {
					throw new IllegalArgumentException("too long");
				}
				super.write(record);
			}
		}).run(records(3));

		assertThat(run.failed()).extracting((record) -> record.get("id")).containsExactly(1);
		assertThat(run.failed().get(0).errors()).containsExactly("too long");
		assertThat(run.calls()).containsExactly(3, 1, 2, 1, 1);
		assertThat(this.server).containsOnlyKeys(0, 2);
	}

	@Test
	void failureThatPassesIsRetriedWithoutWaiting() {
		int[] failures = { 0 };
		TargetRun run = kit(new Sound() {
			@Override
			public void pushRecords(LinkContext context, List<RecordInFlight> records) throws Exception {
				if (!context.testingMode() && failures[0]++ == 1) {
					throw new SQLTransientException("deadlock");
				}
				super.pushRecords(context, records);
			}
		}).run(records(1));

		assertThat(run.delivered()).hasSize(1);
		assertThat(run.calls()).containsExactly(1, 1);
	}

	@Test
	void targetThatInsertsFailsWithTheSecondDelivery() {
		assertFault(new Sound() {
			@Override
			void write(RecordInFlight record) {
				if (TargetKitTests.this.server.containsKey(record.get("id"))) {
					throw new IllegalStateException("duplicate key");
				}
				super.write(record);
			}
		}, "failed ([duplicate key]) for record {id=0", "by the same instance", "write idempotently, by key");
	}

	@Test
	void targetThatAppendsLeavesAnotherState() {
		assertFault(new Sound() {
			@Override
			void write(RecordInFlight record) {
				TargetKitTests.this.server.put(TargetKitTests.this.server.size(), record.get("id"));
			}
		}, "left another state when the same instance delivered again", "write idempotently, by key");
	}

	@Test
	void targetThatForgetsInANewInstanceWhatItWroteLeavesAnotherState() {
		assertFault(() -> new Sound() {
			private final Map<Object, Integer> places = new LinkedHashMap<>();

			@Override
			void write(RecordInFlight record) {
				int place = this.places.computeIfAbsent(record.get("id"), (id) -> TargetKitTests.this.server.size());
				TargetKitTests.this.server.put(place, record.get("id"));
			}
		}, "left another state when another instance delivered again");
	}

	@Test
	void targetThatFailsAWholeBatchForOneRecordIsFound() {
		assertFault(new Sound() {
			@Override
			public void pushRecords(LinkContext context, List<RecordInFlight> records) throws Exception {
				if (records.stream().anyMatch((record) -> record.get("id").equals(1))) {
					records.forEach((record) -> record.addError("refused"));
					return;
				}
				super.pushRecords(context, records);
			}
		}, "failed for record {id=0", "but not alone; mark only the records at fault");
	}

	@Test
	void targetThatDoesNotCheckBeforeItCommitsIsFound() {
		TargetKit kit = TargetKit.of(() -> new Sound() {
			@Override
			void check() {
			}
		});

		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> kit.run(records(1)))
			.withMessageContaining("without calling RunContext.checkBeforeCommit()");
	}

	@Test
	void targetThatChecksOnlyAfterItHasWrittenIsFound() {
		assertFault(new Sound() {
			@Override
			public void pushRecords(LinkContext context, List<RecordInFlight> records) {
				if (!context.testingMode()) {
					records.forEach(this::write);
					RunContext.checkBeforeCommit();
				}
			}
		}, "changed the target although RunContext.checkBeforeCommit() threw");
	}

	@Test
	void targetThatWritesInTestingModeIsFound() {
		assertFault(new Sound() {
			@Override
			public void pushRecords(LinkContext context, List<RecordInFlight> records) throws Exception {
				super.pushRecords(context.toBuilder().testingMode(false).build(), records);
			}
		}, "changed the target in testing mode");
	}

	@Test
	void targetThatWritesDeletionsIsFound() {
		assertDeletionFault(new Sound() {
			@Override
			void delete(RecordInFlight record) {
				write(record);
			}
		}, "did not delete the records");
	}

	@Test
	void targetThatMissesRecordsThatAreGoneIsFound() {
		assertDeletionFault(new Sound() {
			@Override
			void delete(RecordInFlight record) {
				if (TargetKitTests.this.server.remove(record.get("id")) == null) {
					throw new IllegalStateException("no such row");
				}
			}
		}, "failed to delete records that were deleted before", "no such row");
	}

	@Test
	void targetWithoutSupportForDeletionsIsNamed() {
		TargetKit kit = TargetKit.of(OnlyUpserts::new).deletes();

		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> kit.run(records(1)))
			.withMessageContaining(OnlyUpserts.class.getName() + " does not implement TargetAdapterForDeletes");
		assertThat(TargetKit.of(OnlyUpserts::new)
			.run(List.of(new RecordInFlight(Map.of("id", 1), Operation.DELETE)))
			.failed()).hasSize(1);
	}

	@Test
	void whatAbortsARunIsAnError() {
		assertFault(new Sound() {
			@Override
			public int getBatchSizeLimit(LinkContext context) {
				return 0;
			}
		}, "getBatchSizeLimit", "returned 0; return 1 or more");
		assertFault(new Sound() {
			@Override
			public int getBatchSizeLimit(LinkContext context) {
				throw new IllegalStateException("no such table");
			}
		}, "getBatchSizeLimit of target adapter", "no such table");
		TargetKit kit = TargetKit.of(() -> new Sound() {
			@Override
			void write(RecordInFlight record) {
				throw new TargetUnavailableException("maintenance", null);
			}
		});
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> kit.run(records(1)))
			.withMessageContaining("pushRecords of target adapter", "which aborts the run", "maintenance");
	}

	@Test
	void targetThatCannotBeClosedIsFound() {
		assertFault(new Sound() {
			@Override
			public void close() {
				throw new IllegalStateException("already closed");
			}
		}, "close of target adapter", "already closed");
	}

	@Test
	void staticFieldsOfATargetAreFound() {
		TargetKit kit = TargetKit.of(Counting::new);

		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> kit.run(records(1)))
			.withMessageContaining("pushRecords of target adapter " + Counting.class.getName(), "'written'");
	}

	@Test
	void optionsAreForConfigurableTargets() {
		assertThat(TargetKit.of(Configured::new).options("x").run(records(1)).delivered()).hasSize(1);
		TargetKit kit = TargetKit.of(OnlyUpserts::new).options("x");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> kit.run(records(1)))
			.withMessageContaining("target adapter " + OnlyUpserts.class.getName() + " takes no options");
	}

	private void assertDeletionFault(Sound fault, String... messages) {
		TargetKit kit = kit(fault).deletes();
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> kit.run(records(3)))
			.withMessageContainingAll(messages);
	}

	private void assertFault(Sound fault, String... messages) {
		TargetKit kit = kit(fault);
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> kit.run(records(3)))
			.withMessageContainingAll(messages);
	}

	private void assertFault(Supplier<TargetAdapter> fault, String... messages) {
		TargetKit kit = TargetKit.of(fault).state(() -> this.server);
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> kit.run(records(3)))
			.withMessageContainingAll(messages);
	}

	/** Each instance shares nothing but the server. */
	private TargetKit kit(Sound behaviour) {
		return TargetKit.of(() -> new Delegating(behaviour)).state(() -> this.server);
	}

	private static List<RecordInFlight> records(int count) {
		return IntStream.range(0, count)
			.mapToObj((id) -> new RecordInFlight(new TreeMap<>(Map.of("id", id, "name", "n" + id)))
				.identifiedBy(List.of("id")))
			.toList();
	}

	/** A target without faults. */
	class Publishing extends Sound implements TargetAdapterForCompletion {

		@Override
		public void completeRun(LinkContext context) {
			TargetKitTests.this.server.put(1000, 1);
		}

	}

	class Sound implements TargetAdapterForDeletes, AutoCloseable {

		@Override
		public int getBatchSizeLimit(LinkContext context) {
			return 3;
		}

		@Override
		public void pushRecords(LinkContext context, List<RecordInFlight> records) throws Exception {
			if (!context.testingMode()) {
				check();
				for (RecordInFlight record : records) {
					if (record.operation() == Operation.DELETE) {
						delete(record);
					}
					else {
						write(record);
					}
				}
			}
		}

		void check() {
			RunContext.checkBeforeCommit();
		}

		void write(RecordInFlight record) {
			TargetKitTests.this.server.put(record.get("id"), record.get("name"));
		}

		void delete(RecordInFlight record) {
			TargetKitTests.this.server.remove(record.get("id"));
		}

		@Override
		public void close() {
			TargetKitTests.this.closed++;
		}

	}

	/** An instance of its own for each execution context. */
	record Delegating(Sound behaviour) implements TargetAdapterForDeletes, AutoCloseable {

		@Override
		public int getBatchSizeLimit(LinkContext context) {
			return this.behaviour.getBatchSizeLimit(context);
		}

		@Override
		public void pushRecords(LinkContext context, List<RecordInFlight> records) throws Exception {
			this.behaviour.pushRecords(context, records);
		}

		@Override
		public void close() {
			this.behaviour.close();
		}

	}

	static class OnlyUpserts implements TargetAdapter {

		@Override
		public int getBatchSizeLimit(LinkContext context) {
			return 10;
		}

		@Override
		public void pushRecords(LinkContext context, List<RecordInFlight> records) {
			RunContext.checkBeforeCommit();
		}

	}

	static class Configured extends OnlyUpserts implements ConfigurableAdapter<String> {

		@Override
		public Class<String> optionsType() {
			return String.class;
		}

		@Override
		public void configure(String options) {
			assertThat(options).isEqualTo("x");
		}

	}

	static class Counting extends OnlyUpserts {

		static int written;

		@Override
		public void pushRecords(LinkContext context, List<RecordInFlight> records) {
			super.pushRecords(context, records);
			written += records.size();
		}

	}

}
