package io.deltasync.jdbc.write;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

import io.deltasync.jdbc.dialect.KeyNames;
import org.jspecify.annotations.Nullable;

/**
 * How a Link writes a table.
 *
 * @param connection the name of a connection
 * @param key the columns by which a record finds its row; null: the primary key
 * @param zone the zone of date and time columns, and of values, that do not know theirs;
 * null: UTC
 * @param batchSize how many records are written in one transaction; null: 1,000
 * @param bulk whether records go through a temporary table of MySQL, which is faster for
 * many; null: they do not
 */
public record JdbcTargetOptions(String connection, @Nullable List<String> key, @Nullable ZoneId zone,
		@Nullable Integer batchSize, @Nullable Boolean bulk) {

	/**
	 * Checks the options.
	 * @throws IllegalArgumentException when one of them makes no sense
	 */
	public JdbcTargetOptions {
		if (connection.isBlank()) {
			throw new IllegalArgumentException("connection is empty; name one of deltasync.connections");
		}
		key = KeyNames.checked(key);
		if (batchSize != null && batchSize < 1) {
			throw new IllegalArgumentException("batch-size is %d; give 1 or more".formatted(batchSize));
		}
	}

	@Override
	public ZoneId zone() {
		return (this.zone != null) ? this.zone : ZoneOffset.UTC;
	}

	@Override
	public Integer batchSize() {
		return (this.batchSize != null) ? this.batchSize : 1000;
	}

	@Override
	public Boolean bulk() {
		return this.bulk != null && this.bulk;
	}

}
