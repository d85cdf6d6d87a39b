package io.deltasync.run.retry;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import io.deltasync.api.AbortRunException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DuplicateKeyException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which failures may be gone the next time.
 */
class TransientFailuresTests {

	@ParameterizedTest
	@MethodSource
	void whatMayPassIsTriedAgain(Throwable thrown) {
		assertThat(TransientFailures.isTransient(thrown)).isTrue();
		assertThat(TransientFailures.isTransient(new IllegalStateException("outside", thrown))).isTrue();
	}

	static Stream<Throwable> whatMayPassIsTriedAgain() {
		return Stream.of(new ConnectException("refused"), new SocketTimeoutException("no answer"),
				new IOException("connection reset"), new UncheckedIOException(new IOException("closed")),
				new TimeoutException(), new SQLTimeoutException("lock wait"), new SQLRecoverableException("gone"),
				new SQLException("gone", "08S01"), new SQLException("deadlock", "40001"),
				new SQLException("Lock wait timeout exceeded", "HY000", 1205),
				new BatchUpdateException("deadlock", "40001", new int[0]), new CannotAcquireLockException("lock"),
				new UnavailableException("the source is not available", new ConnectException("refused")));
	}

	@ParameterizedTest
	@MethodSource
	void whatWillNotPassIsNot(Throwable thrown) {
		assertThat(TransientFailures.isTransient(thrown)).isFalse();
		assertThat(TransientFailures.isTransient(new IllegalStateException("outside", thrown))).isFalse();
	}

	static Stream<Throwable> whatWillNotPassIsNot() {
		return Stream.of(new IllegalArgumentException("bad"), new FileNotFoundException("x"),
				new NoSuchFileException("x"), new AccessDeniedException("x"), new MalformedInputException(1),
				new SQLSyntaxErrorException("no such column", "42000"), new DuplicateKeyException("twice"),
				new InterruptedException(), new AbortRunException("the login is refused"),
				new AbortRunException("the login is refused", new ConnectException("refused")));
	}

}
