package io.deltasync.run.deliver;

import java.util.List;
import java.util.stream.IntStream;

import io.deltasync.api.RecordInFlight;
import io.deltasync.scope.IgnoredReasons;
import io.deltasync.scope.RecordCounts;
import io.deltasync.scope.ScopeEntry;
import io.deltasync.scope.ScopePage;
import io.deltasync.testing.Script;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How the records of a scope are counted.
 */
class OpenScopeTests {

	private final OpenScope scope = new OpenScope(
			new ScopePage(1, 0, List.of(new ScopeEntry(0, "a"), new ScopeEntry(1, "b")), 0), 1);

	@Test
	void eachRecordCountsForItsOneEnd() {
		count(Script.record(1));
		RecordInFlight created = Script.record(2);
		created.setCreated(true);
		count(created);
		RecordInFlight failed = Script.record(3);
		failed.addError("no good");
		count(failed);
		RecordInFlight ignored = Script.record(4);
		ignored.ignore("not wanted");
		count(ignored);
		BatchRecord dropped = batchRecord(Script.record(5));
		dropped.dropped = true;
		this.scope.count(dropped);
		assertThat(this.scope.counts()).isEqualTo(new RecordCounts(5, 2, 1, 1, 0, 1, 1, 0));
		assertThat(this.scope.counts().addUp()).isTrue();
	}

	@Test
	void recordThatFailedIsNothingElseThoughItWasIgnoredOrRemovedToo() {
		RecordInFlight record = Script.record(1);
		record.ignore("not wanted");
		record.addError("no good");
		BatchRecord batchRecord = batchRecord(record);
		batchRecord.dropped = true;
		this.scope.count(batchRecord);
		assertThat(this.scope.counts()).isEqualTo(new RecordCounts(1, 0, 0, 1, 0, 0, 0, 0));
		assertThat(this.scope.ignoredReasons()).isEmpty();
	}

	@Test
	void whatAPersonAcknowledgedCountsAsFailedAndBeside() {
		RecordInFlight failed = Script.record(1);
		failed.addError("no good");
		BatchRecord batchRecord = batchRecord(failed);
		batchRecord.acknowledged = true;
		this.scope.count(batchRecord);
		assertThat(this.scope.counts()).isEqualTo(new RecordCounts(1, 0, 0, 1, 0, 0, 0, 1));
		assertThat(this.scope.counts().failing()).isZero();
	}

	@Test
	void warningsCountBesideTheEnd() {
		RecordInFlight record = Script.record(1);
		record.addWarning("odd");
		record.addWarning("very odd");
		count(record);
		count(Script.record(2));
		assertThat(this.scope.counts()).isEqualTo(new RecordCounts(2, 2, 0, 0, 1, 0, 0, 0));
	}

	@Test
	void reasonsBeyondTheLimitCountTogether() {
		IntStream.rangeClosed(0, IgnoredReasons.MAX_REASONS + 1).forEach((number) -> ignore("reason " + number));
		ignore("reason 0");
		assertThat(this.scope.ignoredReasons()).hasSize(IgnoredReasons.MAX_REASONS + 1)
			.containsEntry("reason 0", 2L)
			.containsEntry(IgnoredReasons.OTHER, 2L);
		assertThat(this.scope.counts().ignored()).isEqualTo(IgnoredReasons.MAX_REASONS + 3);
	}

	private void ignore(String reason) {
		RecordInFlight record = Script.record(1);
		record.ignore(reason);
		count(record);
	}

	private void count(RecordInFlight record) {
		this.scope.count(batchRecord(record));
	}

	private BatchRecord batchRecord(RecordInFlight record) {
		return new BatchRecord(record, this.scope);
	}

}
