package io.deltasync.jdbc.write;

import java.util.List;

import io.deltasync.jdbc.value.Column;
import org.jspecify.annotations.Nullable;

/**
 * A row of a batch whose unique values are held by other rows of the table.
 *
 * @param row the row
 * @param own the key of the row that it would update, as text of the database; null when
 * there is none yet
 * @param holders the rows that hold its values
 */
record Held(BatchRow row, @Nullable List<String> own, List<Holder> holders) {

	/**
	 * A row of the table that holds a unique value of another row.
	 *
	 * @param row the row of the batch that needs the value
	 * @param columns the columns of the unique index
	 * @param key the key of the holding row, as text of the database
	 * @param description the collision, for an operator
	 */
	record Holder(BatchRow row, List<Column> columns, List<String> key, String description) {

	}

}
