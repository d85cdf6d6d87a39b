package io.deltasync.jdbc.mysql;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.Temporal;
import java.util.HexFormat;

import io.deltasync.jdbc.dialect.TabSeparatedRows;
import io.deltasync.jdbc.value.SentValue;
import io.deltasync.jdbc.value.SentValueSink;
import io.deltasync.jdbc.value.TimeText;

/** Rows for MySQL's LOAD DATA, with bytes as hexadecimal digits. */
final class LoadDataRows extends TabSeparatedRows implements SentValueSink {

	private final byte[] time = new byte[TimeText.LONGEST];

	@Override
	public void add(SentValue value) {
		text(value.bytes());
	}

	@Override
	public void add(byte[] value) {
		field(HexFormat.of().formatHex(value));
	}

	@Override
	public void add(Temporal time) {
		Temporal local = (time instanceof Instant instant) ? LocalDateTime.ofInstant(instant, ZoneOffset.UTC) : time;
		int length = TimeText.write(local, this.time);
		if (length > 0) {
			field(this.time, length);
		}
		else {
			field(local.toString());
		}
	}

	@Override
	public void addObject(Object object) {
		throw new IllegalArgumentException("MySQL has no column for " + object.getClass());
	}

}
