package io.deltasync.jdbc.write;

import java.util.List;

import io.deltasync.jdbc.dialect.Column;
import org.jspecify.annotations.Nullable;

/**
 * A row of a batch whose values other rows of the table hold.
 *
 * @param row the row
 * @param own the key of the row that it would update, as the database writes it; null
 * when there is none yet
 * @param holders the rows that hold its values
 */
record Held(BatchRow row, @Nullable List<String> own, List<Holder> holders) {

	/**
	 * A row of the table that holds what another row should get.
	 *
	 * @param row the row that should get it
	 * @param columns the columns of the unique index
	 * @param key the key of the row that has it, as the database writes it
	 * @param description what it holds, for an operator
	 */
	record Holder(BatchRow row, List<Column> columns, List<String> key, String description) {

	}

}
