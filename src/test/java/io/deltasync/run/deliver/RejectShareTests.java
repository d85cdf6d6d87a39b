package io.deltasync.run.deliver;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.RecordInFlight;
import io.deltasync.config.Mask;
import io.deltasync.run.RejectShare;
import io.deltasync.scope.RecordCounts;
import io.deltasync.scope.ScopeEntry;
import io.deltasync.scope.ScopePage;
import io.deltasync.testing.Script;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Aborting a run in which too many records fail.
 */
class RejectShareTests {

	private final RejectShare share = new RejectShare(50);

	@Test
	void halfOfTheFirstThousandMayFail() {
		count(this.share, batch(500, 0), Mask.NONE);
		assertThatNoException().isThrownBy(() -> count(this.share, batch(500, 500), Mask.NONE));
	}

	@Test
	void oneMoreEndsTheRunAndSaysWhatAndWhy() {
		count(this.share, batch(500, 1), Mask.NONE);
		assertThatExceptionOfType(AbortRunException.class)
			.isThrownBy(() -> count(this.share, batch(500, 500), Mask.NONE))
			.withMessageContainingAll("501 of the first 1000 records failed", "50 %", "record 0: cannot take 0",
					"max-reject-share");
	}

	@Test
	void fewerThanThatManyAreNotLookedAt() {
		assertThatNoException().isThrownBy(() -> count(this.share, batch(999, 999), Mask.NONE));
	}

	@Test
	void whatFailsLaterDoesNotEndTheRun() {
		count(this.share, batch(1000, 0), Mask.NONE);
		assertThatNoException().isThrownBy(() -> count(this.share, batch(5000, 5000), Mask.NONE));
	}

	@Test
	void whatAPersonAcknowledgedDoesNotCount() {
		List<BatchRecord> batch = batch(1000, 1000);
		batch.subList(0, 500).forEach((batchRecord) -> batchRecord.acknowledged = true);
		assertThatNoException().isThrownBy(() -> count(this.share, batch, Mask.NONE));
	}

	@Test
	void anyNumberMayFailWhereTheLinkSaysSo() {
		assertThatNoException().isThrownBy(() -> count(new RejectShare(100), batch(1000, 1000), Mask.NONE));
		assertThatExceptionOfType(AbortRunException.class)
			.isThrownBy(() -> count(new RejectShare(0), batch(1000, 1), Mask.NONE));
	}

	@Test
	void whatWorkersHaveStoredCountsTogether() {
		RecordCounts half = new RecordCounts(500, 200, 0, 300, 0, 0, 0, 0);
		this.share.count(half, () -> "record 7: cannot take 7");
		assertThatExceptionOfType(AbortRunException.class)
			.isThrownBy(() -> this.share.count(half, () -> "record 8: cannot take 8"))
			.withMessageContainingAll("600 of the first 1000 records failed",
					"The first to fail was record 7: cannot take 7");
	}

	@Test
	void workerThatMeetsBadRecordsAloneEndsNoRunWhoseOtherWorkersMeetGoodOnes() {
		this.share.count(new RecordCounts(2000, 1000, 0, 1000, 0, 0, 0, 0), () -> "record 7: cannot take 7");
		assertThatNoException()
			.isThrownBy(() -> this.share.count(new RecordCounts(900, 0, 0, 900, 0, 0, 0, 0), () -> "record 8"));
	}

	@Test
	void lanesThatCountAtTheSameTimeEndTheRunOnce() {
		AtomicInteger ended = new AtomicInteger();
		CompletableFuture.allOf(IntStream.range(0, 40).mapToObj((lane) -> CompletableFuture.runAsync(() -> {
			try {
				count(this.share, batch(50, 30), Mask.NONE);
			}
			catch (AbortRunException ex) {
				ended.incrementAndGet();
			}
		})).toArray(CompletableFuture[]::new)).join();
		assertThat(ended).hasValue(1);
	}

	@Test
	void firstThatFailedIsNamedAndOneWithoutAKeyByItsReason() {
		List<BatchRecord> batch = batch(1000, 1000);
		RecordInFlight nameless = new RecordInFlight(Map.of("name", "x"));
		nameless.addError("has no id");
		batch.set(0, new BatchRecord(nameless, batch.get(0).scope));
		count(this.share, batch.subList(0, 10), Mask.NONE);
		assertThatExceptionOfType(AbortRunException.class)
			.isThrownBy(() -> count(this.share, batch.subList(10, 1000), Mask.NONE))
			.withMessageContaining("The first to fail was a record without a key: has no id");
	}

	@Test
	void whatIsMaskedIsNotShown() {
		RejectShare masked = new RejectShare(0);
		assertThatExceptionOfType(AbortRunException.class)
			.isThrownBy(() -> count(masked, batch(1000, 1), Mask.of(List.of("id"))))
			.withMessageContaining("The first to fail was record ***: cannot take 0");
		RejectShare reason = new RejectShare(0);
		List<BatchRecord> batch = batch(1000, 1);
		batch.get(0).record.addError("'name 0' is no name");
		assertThatExceptionOfType(AbortRunException.class)
			.isThrownBy(() -> count(reason, batch, Mask.of(List.of("name"))))
			.withMessageContaining("cannot take 0; '***' is no name");
	}

	private static void count(RejectShare share, List<BatchRecord> batch, Mask mask) {
		share.count(BatchRecord.count(batch), () -> BatchRecord.describeFailure(batch, mask));
	}

	private static List<BatchRecord> batch(int size, int failing) {
		OpenScope scope = new OpenScope(new ScopePage(1, 0, List.of(new ScopeEntry(0, null)), 0), 0);
		List<BatchRecord> batch = new ArrayList<>();
		for (RecordInFlight record : Script.records(0, size)) {
			if (batch.size() < failing) {
				record.addError("cannot take " + record.get("id"));
			}
			batch.add(new BatchRecord(record, scope));
		}
		return batch;
	}

}
