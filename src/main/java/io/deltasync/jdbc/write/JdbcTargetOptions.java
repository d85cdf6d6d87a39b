package io.deltasync.jdbc.write;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

import io.deltasync.jdbc.dialect.KeyNames;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The options of a Link that writes a table. The descriptions of the components appear in
 * the configuration metadata and in the documentation.
 *
 * @param connection The name of a connection
 * @param key Columns by which a record finds its row, with a unique index. Default: the
 * primary key
 * @param zone The time zone of 'DATETIME' columns and of values that have none. Default:
 * 'UTC'
 * @param batchSize Maximum number of records in one transaction, 1 or more. Default:
 * '1000'
 * @param bulk Whether records are loaded with 'LOAD DATA' (MySQL, MariaDB) or 'COPY'
 * (PostgreSQL), for large loads. Default: 'false'
 */
@ConfigurationProperties("deltasync.links.*.target")
public record JdbcTargetOptions(String connection, @Nullable List<String> key, @Nullable ZoneId zone,
		@Nullable Integer batchSize, @Nullable Boolean bulk) {

	/**
	 * Checks the options.
	 * @throws IllegalArgumentException if one of them is out of its range
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
