package io.deltasync.jdbc.write;

import io.deltasync.jdbc.dialect.Dialect;
import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.value.ColumnType;
import io.deltasync.jdbc.value.SentValue;
import org.jspecify.annotations.Nullable;

/** A column that may take values as they were sent. Confined to one thread. */
final class SentColumn {

	private final Dialect dialect;

	private final Column column;

	private @Nullable Column source;

	private boolean fitting;

	SentColumn(Dialect dialect, Column column) {
		this.dialect = dialect;
		this.column = column;
	}

	/** Whether the column takes a value without its conversion, and exactly. */
	@SuppressWarnings("ReferenceEquality")
	boolean takes(SentValue value) {
		if (value.column() != this.source) {
			this.source = value.column();
			this.fitting = this.dialect.takesSent(value.column(), this.column);
		}
		return this.fitting && (this.column.type() != ColumnType.TEXT || value.size() <= this.column.size());
	}

}
