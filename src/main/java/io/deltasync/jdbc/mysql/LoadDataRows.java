package io.deltasync.jdbc.mysql;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.Temporal;
import java.util.HexFormat;

import io.deltasync.jdbc.dialect.TabSeparatedRows;
import io.deltasync.jdbc.value.TimeText;

/** Rows for MySQL's LOAD DATA, with bytes as hexadecimal digits. */
final class LoadDataRows extends TabSeparatedRows {

	@Override
	public void add(byte[] value) {
		field(HexFormat.of().formatHex(value));
	}

	@Override
	public void add(Temporal time) {
		Temporal local = (time instanceof Instant instant) ? LocalDateTime.ofInstant(instant, ZoneOffset.UTC) : time;
		String text = TimeText.of(local);
		field((text != null) ? text : local.toString());
	}

	@Override
	public void addObject(Object object) {
		throw new IllegalArgumentException("MySQL has no column for " + object.getClass());
	}

}
