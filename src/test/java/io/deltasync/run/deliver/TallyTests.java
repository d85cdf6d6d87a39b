package io.deltasync.run.deliver;

import java.util.List;

import io.deltasync.api.RecordInFlight;
import io.deltasync.run.Tally;
import io.deltasync.scope.RecordCounts;
import io.deltasync.scope.ScopeEntry;
import io.deltasync.scope.ScopePage;
import io.deltasync.testing.Script;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a process has done since it was started.
 */
class TallyTests {

	private final Tally tally = new Tally();

	@Test
	void recordsCountForTheirEnd() {
		RecordInFlight failed = Script.record(2);
		failed.addError("no good");
		RecordInFlight ignored = Script.record(3);
		ignored.ignore("not wanted");
		BatchRecord dropped = batchRecord(Script.record(4));
		dropped.dropped = true;
		this.tally.count(BatchRecord.count(List.of(batchRecord(Script.record(0)), batchRecord(Script.record(1)),
				batchRecord(failed), batchRecord(ignored), dropped)));
		assertTally(2, 1, 1, 1);
	}

	@Test
	void whatWorkersDidIsAdded() {
		this.tally.count(new RecordCounts(14, 5, 1, 4, 0, 3, 2, 1));
		this.tally.count(new RecordCounts(14, 5, 1, 4, 0, 3, 2, 1));
		assertTally(10, 8, 6, 4);
	}

	private void assertTally(long written, long failed, long ignored, long dropped) {
		assertThat(this.tally.written()).isEqualTo(written);
		assertThat(this.tally.failed()).isEqualTo(failed);
		assertThat(this.tally.ignored()).isEqualTo(ignored);
		assertThat(this.tally.dropped()).isEqualTo(dropped);
	}

	private static BatchRecord batchRecord(RecordInFlight record) {
		return new BatchRecord(record, new OpenScope(new ScopePage(1, 0, List.of(new ScopeEntry(0, null)), 0), 0));
	}

}
