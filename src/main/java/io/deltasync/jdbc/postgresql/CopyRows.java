package io.deltasync.jdbc.postgresql;

import java.time.temporal.Temporal;
import java.util.HexFormat;

import io.deltasync.jdbc.dialect.TabSeparatedRows;

/** Rows in the text format of COPY. */
final class CopyRows extends TabSeparatedRows {

	/** The backslash before the digits is escaped itself. */
	@Override
	public void add(byte[] value) {
		field("\\\\x" + HexFormat.of().formatHex(value));
	}

	@Override
	public void add(Temporal time) {
		field(PostgreSqlTexts.of(time));
	}

	@Override
	public void addObject(Object object) {
		add(object.toString());
	}

}
