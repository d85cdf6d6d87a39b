package io.deltasync.run.deliver;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.deltasync.api.FetchStrategy;
import io.deltasync.api.RecordInFlight;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvent.Status;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.Script;
import io.deltasync.testing.ScriptedRuns;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Batches that need more memory than a lane's share.
 */
@EachDatabase(TestDatabase.H2)
class LargeBatchesIT extends ScriptedRuns {

	LargeBatchesIT() {
		super("scriptedSource", "deltasync.buffer-memory=6MB");
	}

	@Test
	void runThatEndsWithAnErrorGivesItsMemoryBack() throws Exception {
		this.script.plan = (source, context) -> FetchStrategy.immediate();
		this.script.fetch = (source, context,
				scope) -> Stream.concat(Script.records(0, 50).stream(), Stream.of(large(50), large(51))).toList();
		this.script.beforePush = () -> {
			throw new OutOfMemoryError("Java heap space");
		};
		assertThat(run().status()).isEqualTo(Status.ABORTED);
		this.script.beforePush = () -> {
		};
		CompletableFuture<SyncEvent> next = runAside();
		assertThat(next.get(1, TimeUnit.MINUTES).records().written()).isEqualTo(52);
	}

	private static RecordInFlight large(int id) {
		return new RecordInFlight(Map.of("id", id, "name", "x".repeat(450_000))).identifiedBy(List.of("id"));
	}

}
