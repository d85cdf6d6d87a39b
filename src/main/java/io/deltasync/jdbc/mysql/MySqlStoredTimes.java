package io.deltasync.jdbc.mysql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.TemporalAccessor;

import io.deltasync.jdbc.value.DateTimeText;
import io.deltasync.jdbc.value.StoredTimes;
import org.jspecify.annotations.Nullable;

/**
 * Reads dates and times through Connector/J, from the texts that the server sends: the
 * driver's own conversion takes several times as long. The driver still reads what is no
 * such text, such as zero dates and the rows of statements that the server prepared.
 */
final class MySqlStoredTimes extends StoredTimes {

	@Override
	public @Nullable LocalDate date(ResultSet row, int index) throws SQLException {
		return (parsed(row, index) instanceof LocalDate date && date.getYear() > 0) ? date : super.date(row, index);
	}

	@Override
	public @Nullable LocalDateTime dateTime(ResultSet row, int index) throws SQLException {
		return (parsed(row, index) instanceof LocalDateTime time && time.getYear() > 0) ? time
				: super.dateTime(row, index);
	}

	private static @Nullable TemporalAccessor parsed(ResultSet row, int index) throws SQLException {
		byte[] sent = row.getBytes(index);
		return (sent != null) ? DateTimeText.usual(sent) : null;
	}

}
