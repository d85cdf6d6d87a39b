package io.deltasync.jdbc.testkit;

import java.util.ArrayList;
import java.util.List;

import io.deltasync.api.RecordInFlight;

/** Checks that the memory of a read does not grow with the number of rows. */
final class StreamingCheck {

	private static final String TABLE = "deltasync_source";

	private static final int ROWS = 2000;

	private static final int CHARACTERS = 50_000;

	private static final long MOST_BYTES = 40L << 20;

	private final KitDatabase database;

	private final String text;

	StreamingCheck(KitDatabase database, String text) {
		this.database = database;
		this.text = text;
	}

	void run() throws Exception {
		this.database.withTable(TABLE, "id INTEGER NOT NULL PRIMARY KEY, v " + this.text, () -> {
			fill();
			// a driver that does not stream may read everything before the first row
			long before = usedHeap();
			Iterable<RecordInFlight> rows = this.database.stream(TABLE);
			long used = 0;
			int read = 0;
			for (RecordInFlight record : rows) {
				KitDatabase.require(!record.isFailed(), "a row failed: %s", record.errors());
				if (++read == ROWS / 2) {
					used = usedHeap() - before;
				}
			}
			((AutoCloseable) rows).close();
			KitDatabase.require(read == ROWS, "%d of %d rows were read", read, ROWS);
			KitDatabase.require(used < MOST_BYTES, "%d bytes are in use in the middle of %d", used,
					(long) ROWS * CHARACTERS);
		});
	}

	private void fill() throws Exception {
		List<RecordInFlight> records = new ArrayList<>();
		for (int id = 0; id < ROWS; id++) {
			records.add(KitDatabase.record("id", id, "v", "x".repeat(CHARACTERS)));
			if (records.size() == 100) {
				this.database.write(TABLE, records);
				records.clear();
			}
		}
	}

	private static long usedHeap() {
		System.gc();
		return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
	}

}
