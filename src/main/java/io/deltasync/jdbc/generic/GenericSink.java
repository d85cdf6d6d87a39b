package io.deltasync.jdbc.generic;

import java.sql.Date;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.Temporal;
import java.util.HashMap;
import java.util.Map;

import io.deltasync.jdbc.dialect.StatementSink;
import org.jspecify.annotations.Nullable;

/**
 * Binds nulls with the type of their parameter, and dates and times as {@code java.time}
 * types, or where a driver does not know these, as JDBC's own in a calendar of UTC.
 */
final class GenericSink extends StatementSink {

	private final Map<Integer, Integer> types = new HashMap<>();

	private @Nullable ParameterMetaData parameters;

	private boolean legacy;

	GenericSink(PreparedStatement statement) {
		super(statement);
	}

	@Override
	public void addNull() throws SQLException {
		int index = next();
		Integer type = this.types.get(index);
		if (type == null) {
			type = type(index);
			this.types.put(index, type);
		}
		statement().setNull(index, type);
	}

	private int type(int index) throws SQLException {
		try {
			if (this.parameters == null) {
				this.parameters = statement().getParameterMetaData();
			}
			return this.parameters.getParameterType(index);
		}
		catch (SQLFeatureNotSupportedException ex) {
			return Types.NULL;
		}
	}

	@Override
	@SuppressWarnings("JavaUtilDate")
	public void add(Temporal time) throws SQLException {
		int index = next();
		if (!this.legacy) {
			try {
				statement().setObject(index, time);
				return;
			}
			catch (SQLDataException | SQLFeatureNotSupportedException ex) {
				this.legacy = true;
			}
		}
		if (time instanceof LocalDate date) {
			statement().setDate(index, new Date(date.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli()),
					GenericTimes.utc());
		}
		else if (time instanceof LocalDateTime dateTime) {
			statement().setTimestamp(index, Timestamp.from(dateTime.toInstant(ZoneOffset.UTC)), GenericTimes.utc());
		}
		else if (time instanceof LocalTime timeOfDay) {
			statement().setTime(index, new Time(timeOfDay.toNanoOfDay() / 1_000_000), GenericTimes.utc());
		}
		else {
			statement().setObject(index, time);
		}
	}

}
