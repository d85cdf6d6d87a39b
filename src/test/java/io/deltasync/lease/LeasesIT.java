package io.deltasync.lease;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import com.zaxxer.hikari.HikariDataSource;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.PreparedStatementCreator;
import org.springframework.jdbc.core.PreparedStatementSetter;
import org.springframework.jdbc.core.SqlProvider;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.within;

/**
 * One run at a time for a Link, over all processes.
 */
@EachDatabase({ TestDatabase.H2, TestDatabase.MARIADB, TestDatabase.MYSQL, TestDatabase.POSTGRESQL,
		TestDatabase.POSTGRESQL_OLDEST })
class LeasesIT {

	@Parameter
	private TestDatabase database;

	private HikariDataSource dataSource;

	private JdbcTemplate jdbc;

	private final List<Leases> opened = new ArrayList<>();

	@BeforeEach
	void start() {
		String url = this.database.url(this.database.createSchema());
		this.dataSource = DataSourceBuilder.create()
			.type(HikariDataSource.class)
			.url(url)
			.username(this.database.username())
			.build();
		this.dataSource.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
		this.dataSource.setMaximumPoolSize(20);
		this.jdbc = new JdbcTemplate(this.dataSource);
		this.database.makeTables(this.jdbc);
	}

	@AfterEach
	void stop() {
		this.opened.forEach(Leases::close);
		if (this.dataSource != null) {
			this.dataSource.close();
		}
	}

	private Leases leases(String holder, Duration duration) {
		Leases leases = new Leases(this.jdbc, new TransactionTemplate(new JdbcTransactionManager(this.dataSource)),
				new DatabaseClock(this.jdbc, this.database.product()), duration, holder);
		this.opened.add(leases);
		return leases;
	}

	@Test
	void ofManyWhoStartAtOnceExactlyOneGetsTheLink() throws Exception {
		for (int round = 0; round < 10; round++) {
			String link = "link " + round;
			ExecutorService threads = Executors.newFixedThreadPool(16);
			List<Callable<Boolean>> starters = new ArrayList<>();
			for (int i = 0; i < 16; i++) {
				Leases leases = leases("process " + i, Duration.ofMinutes(1));
				starters.add(() -> {
					try {
						leases.acquire(link);
						return true;
					}
					catch (LinkBusyException ex) {
						return false;
					}
				});
			}
			int got = 0;
			for (Future<Boolean> starter : threads.invokeAll(starters)) {
				got += starter.get() ? 1 : 0;
			}
			threads.shutdown();
			assertThat(got).isOne();
		}
	}

	@Test
	void linkIsFreeAgainAfterTheRun() throws Exception {
		Leases leases = leases("a", Duration.ofMinutes(1));
		leases.acquire("orders").close();
		assertThat(leases.isHeld("orders")).isFalse();
		assertThatNoException().isThrownBy(() -> leases("b", Duration.ofMinutes(1)).acquire("orders"));
	}

	@Test
	void releasedLinkIsFreeHoweverFarTheClockIsSetBack() throws Exception {
		Leases leases = leases("a", Duration.ofMinutes(1));
		Lease lease = leases.acquire("orders");
		this.jdbc
			.update("UPDATE SYNC_LEASE SET ACQUIRED_AT = '2999-01-01 00:00:00', EXPIRES_AT = '2999-01-01 00:01:00'");
		lease.close();
		assertThat(leases.isHeld("orders")).isFalse();
		assertThat(leases.states()).singleElement().extracting(LeaseState::dead).isEqualTo(false);
		assertThatNoException().isThrownBy(() -> leases("b", Duration.ofMinutes(1)).acquire("orders"));
	}

	@Test
	void releaseIsRetriedWhenTheDatabaseRefusesIt() throws Exception {
		AtomicInteger refusals = new AtomicInteger(2);
		this.jdbc = new JdbcTemplate(this.dataSource) {

			@Override
			protected int update(PreparedStatementCreator statement, @Nullable PreparedStatementSetter setter) {
				String sql = ((SqlProvider) statement).getSql();
				if (sql.endsWith("SET EXPIRES_AT = ? WHERE LINK = ? AND TOKEN = ?") && refusals.getAndDecrement() > 0) {
					throw new CannotAcquireLockException("somebody else has the row");
				}
				return super.update(statement, setter);
			}

		};
		Leases leases = leases("a", Duration.ofMinutes(1));
		leases.acquire("orders").close();
		assertThat(refusals).hasValue(-1);
		assertThat(leases.isHeld("orders")).isFalse();
	}

	@Test
	void leaseThatCannotBeGivenBackDoesNotFailTheRunThatHeldIt() throws Exception {
		this.jdbc = new JdbcTemplate(this.dataSource) {

			@Override
			protected int update(PreparedStatementCreator statement, @Nullable PreparedStatementSetter setter) {
				String sql = ((SqlProvider) statement).getSql();
				if (sql.endsWith("SET EXPIRES_AT = ? WHERE LINK = ? AND TOKEN = ?")) {
					throw new DataAccessResourceFailureException("the database is not there");
				}
				return super.update(statement, setter);
			}

		};
		Leases leases = leases("a", Duration.ofMinutes(1));
		Lease lease = leases.acquire("orders");
		assertThatNoException().isThrownBy(lease::close);
		assertThat(lease.isLost()).isTrue();
		assertThat(leases.isHeld("orders")).as("until it ends").isTrue();
	}

	@Test
	void refusalNamesTheHolderAndSinceWhen() throws Exception {
		leases("process 17 on night", Duration.ofMinutes(1)).acquire("orders");
		assertThatExceptionOfType(LinkBusyException.class)
			.isThrownBy(() -> leases("b", Duration.ofMinutes(1)).acquire("orders"))
			.withMessageContaining("Link 'orders' is busy: process 17 on night has been running it since ");
	}

	@Test
	void refusalNamesTheRunAsSoonAsItIsKnown() throws Exception {
		Leases leases = leases("process 17 on night", Duration.ofMinutes(1));
		leases.acquire("orders").bindToEvent(7);
		assertThatExceptionOfType(LinkBusyException.class).isThrownBy(() -> leases.acquire("orders"))
			.withMessageContaining("(event 7)");
	}

	@Test
	void linksThatDifferInCaseOrAccentsAreDifferent() throws Exception {
		Leases leases = leases("a", Duration.ofMinutes(1));
		leases.acquire("résumé");
		assertThatNoException().isThrownBy(() -> leases.acquire("resume"));
		assertThatNoException().isThrownBy(() -> leases.acquire("RESUME"));
	}

	@Test
	void leaseOfADeadProcessEndsByTheClockOfTheDatabase() throws Exception {
		Leases dead = leases("dead", Duration.ofMinutes(1));
		dead.acquire("orders");
		dead.close();
		this.jdbc.update("UPDATE SYNC_LEASE SET EXPIRES_AT = ?", LocalDateTime
			.ofInstant(new DatabaseClock(this.jdbc, this.database.product()).instant(), ZoneOffset.UTC));
		assertThatNoException().isThrownBy(() -> leases("next", Duration.ofMinutes(1)).acquire("orders"));
	}

	@Test
	void renewedLeaseOutlivesItsDuration() throws Exception {
		DatabaseClock clock = new DatabaseClock(this.jdbc, this.database.product());
		Leases other = leases("b", Duration.ofMinutes(1));
		Lease lease = leases("a", Duration.ofSeconds(4)).acquire("orders");
		Instant begin = clock.instant();
		while (clock.instant().isBefore(begin.plusSeconds(6))) {
			lease.checkLocally();
			assertThatExceptionOfType(LinkBusyException.class).isThrownBy(() -> other.acquire("orders"));
		}
	}

	@Test
	void runThatLostItsLinkNoticesAndTakesNothingFromTheNext() throws Exception {
		Leases slow = leases("slow", Duration.ofSeconds(1));
		Lease lost = slow.acquire("orders");
		this.jdbc.update("UPDATE SYNC_LEASE SET EXPIRES_AT = ACQUIRED_AT");
		Lease taken = leases("next", Duration.ofMinutes(1)).acquire("orders");
		Instant begin = Instant.now();
		while (isHeld(lost)) {
			assertThat(begin).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
		}
		lost.close();
		assertThat(slow.isHeld("orders")).isTrue();
		assertThatNoException().isThrownBy(taken::checkLocally);
	}

	@Test
	void laterLeaseOfTheSameLinkIsNeverMistakenForAnEarlierOne() throws Exception {
		List<Lease> taken = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			taken.add(leases("process " + i, Duration.ofMinutes(1)).acquire("orders"));
			this.jdbc.update("UPDATE SYNC_LEASE SET EXPIRES_AT = ACQUIRED_AT");
		}
		Lease last = leases("last", Duration.ofMinutes(1)).acquire("orders");
		assertThatNoException().isThrownBy(last::lockAndVerify);
		for (Lease lost : taken) {
			assertThatExceptionOfType(LeaseLostException.class).isThrownBy(lost::lockAndVerify)
				.withMessageContaining("'orders'");
			assertThat(lost.isLost()).isTrue();
			lost.close();
		}
		assertThat(leases("other", Duration.ofMinutes(1)).isHeld("orders")).as("nor is it given back").isTrue();
		assertThat(last.isLost()).isFalse();
	}

	@Test
	void leaseThatIsConfirmedHoldsForHalfItsDuration() throws Exception {
		Lease lease = leases("a", Duration.ofMinutes(1)).acquire("orders");
		this.jdbc.update("UPDATE SYNC_LEASE SET EXPIRES_AT = ?", utc(clock().plusSeconds(20)));
		lease.confirm();
		assertThat(this.jdbc.queryForObject("SELECT EXPIRES_AT FROM SYNC_LEASE", LocalDateTime.class))
			.isAfter(utc(clock().plusSeconds(30)));
		assertThat(lease.confirmedFor()).hasSeconds(30);
	}

	@Test
	void leaseThatHasEndedOrIsAnothersIsNotConfirmed() throws Exception {
		Leases leases = leases("a", Duration.ofMinutes(1));
		Lease ended = leases.acquire("orders");
		this.jdbc.update("UPDATE SYNC_LEASE SET EXPIRES_AT = ACQUIRED_AT");
		assertThatExceptionOfType(LeaseLostException.class).isThrownBy(ended::confirm);
		Lease taken = leases.acquire("parcels");
		this.jdbc.update("UPDATE SYNC_LEASE SET TOKEN = TOKEN + 1");
		assertThatExceptionOfType(LeaseLostException.class).isThrownBy(taken::confirm);
		assertThat(taken.isLost()).isTrue();
	}

	private Instant clock() {
		return new DatabaseClock(this.jdbc, this.database.product()).instant();
	}

	private static LocalDateTime utc(Instant instant) {
		return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
	}

	@Test
	void expiredLeaseStaysItsHoldersUntilAnotherAcquiresTheLink() throws Exception {
		Lease lease = leases("a", Duration.ofMinutes(1)).acquire("orders");
		this.jdbc.update("UPDATE SYNC_LEASE SET EXPIRES_AT = ACQUIRED_AT");
		assertThatNoException().isThrownBy(lease::lockAndVerify);
	}

	@Test
	void leaseThatWasGivenBackIsLost() throws Exception {
		Lease lease = leases("a", Duration.ofMinutes(1)).acquire("orders");
		lease.close();
		assertThat(lease.isLost()).isTrue();
		assertThatExceptionOfType(LeaseLostException.class).isThrownBy(lease::checkLocally);
	}

	@Test
	void leasesAreListedWithTheirStatus() throws Exception {
		Leases leases = leases("a", Duration.ofMinutes(1));
		Lease held = leases.acquire("held");
		leases.acquire("given back").close();
		Leases dead = leases("dead", Duration.ofMinutes(1));
		dead.acquire("dead");
		dead.close();
		this.jdbc
			.update("UPDATE SYNC_LEASE SET ACQUIRED_AT = '2026-01-01', EXPIRES_AT = '2026-01-02' WHERE LINK = 'dead'");
		assertThat(leases.lock("given back")).contains(new LeaseState("given back", 1, false, false, false, "a", null));
		assertThat(leases.lock("never run")).isEmpty();
		assertThat(leases.requestStop("held", 7)).isFalse();
		held.bindToEvent(7);
		assertThat(leases.requestStop("held", 7)).isTrue();
		assertThat(leases.states()).containsExactlyInAnyOrder(new LeaseState("held", 1, true, false, true, "a", null),
				new LeaseState("given back", 1, false, false, false, "a", null),
				new LeaseState("dead", 1, false, true, false, "dead", null));
		assertThat(leases.holder()).isEqualTo("a");
	}

	@Test
	void retryIsStoredAsLongAsTheRunWaitsForIt() throws Exception {
		Leases leases = leases("a", Duration.ofMinutes(1));
		try (Lease lease = leases.acquire("orders")) {
			boolean repeated = lease.awaitRetry("planFetch", 3, Duration.ofMinutes(5), () -> {
				Retry retry = awaitRetry(leases, true);
				assertThat(retry).returns("planFetch", Retry::call).returns(3, Retry::attempt);
				assertThat(retry.at()).isAfter(Instant.now().plus(4, ChronoUnit.MINUTES));
				return true;
			});
			assertThat(repeated).isTrue();
			assertThat(awaitRetry(leases, false)).isNull();
			lease.awaitRetry("planFetch", 4, Duration.ofMinutes(5), () -> awaitRetry(leases, true) == null);
		}
		assertThat(leases.find("orders").orElseThrow().retry()).as("nobody holds the Link").isNull();
		try (Lease lease = leases.acquire("orders")) {
			assertThat(leases.find("orders").orElseThrow().retry()).as("of another run").isNull();
		}
	}

	/** The heartbeat stores it, once a second. */
	private static @Nullable Retry awaitRetry(Leases leases, boolean present) {
		Instant begin = Instant.now();
		Retry retry = leases.find("orders").orElseThrow().retry();
		while ((retry != null) != present) {
			assertThat(begin).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
			retry = leases.find("orders").orElseThrow().retry();
		}
		return retry;
	}

	@Test
	void leaseThatCannotBeRenewedExpires() throws Exception {
		Lease lease = leases("a", Duration.ofMillis(900)).acquire("orders");
		this.jdbc.execute("ALTER TABLE SYNC_LEASE RENAME TO GONE");
		Instant begin = Instant.now();
		while (isHeld(lease)) {
			assertThat(begin).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
		}
		assertThatExceptionOfType(LeaseLostException.class).isThrownBy(lease::checkLocally)
			.withMessageContaining("'orders'");
	}

	@Test
	void stopReachesTheRunThatHoldsTheLink() throws Exception {
		Lease lease = leases("a", Duration.ofMinutes(1)).acquire("orders");
		lease.bindToEvent(7);
		assertThat(leases("b", Duration.ofMinutes(1)).requestStop("orders", 7)).isTrue();
		assertThat(lease.awaitStopRequest(Duration.ofSeconds(30))).isTrue();
		assertThat(lease.isStopRequested()).isTrue();
	}

	@Test
	void stopOfALinkThatIsNotRunIsRefusedAndDoesNotStopTheNextRun() throws Exception {
		Leases leases = leases("a", Duration.ofMillis(300));
		try (Lease lease = leases.acquire("orders")) {
			lease.bindToEvent(7);
		}
		assertThat(leases.requestStop("orders", 7)).isFalse();
		assertThat(leases.acquire("orders").awaitStopRequest(Duration.ofSeconds(1))).isFalse();
	}

	@Test
	void stopThatArrivesWhenTheNextRunHoldsTheLinkDoesNotStopThat() throws Exception {
		Leases leases = leases("a", Duration.ofSeconds(10));
		try (Lease first = leases.acquire("orders")) {
			first.bindToEvent(7);
		}
		Lease next = leases.acquire("orders");
		assertThat(leases.requestStop("orders", 7)).as("before it is known which run this is").isFalse();
		next.bindToEvent(8);
		assertThat(leases.requestStop("orders", 7)).isFalse();
		assertThat(next.awaitStopRequest(Duration.ofSeconds(1))).isFalse();
		assertThat(leases.requestStop("orders", 8)).isTrue();
		assertThat(next.awaitStopRequest(Duration.ofSeconds(30))).isTrue();
	}

	@Test
	void stopReachesItsOwnProcessAtOnceAndOthersThroughTheDatabase() throws Exception {
		Lease lease = leases("a", Duration.ofMinutes(1)).acquire("orders");
		lease.requestStop();
		assertThat(lease.isStopRequested()).isTrue();
		assertThat(this.jdbc.queryForObject("SELECT STOP_REQUESTED FROM SYNC_LEASE", Boolean.class)).isTrue();
	}

	@Test
	void stopReachesItsOwnProcessAlsoWithoutTheDatabase() throws Exception {
		Lease lease = leases("a", Duration.ofMinutes(1)).acquire("orders");
		this.jdbc.execute("ALTER TABLE SYNC_LEASE RENAME TO GONE");
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(lease::requestStop);
		assertThat(lease.isStopRequested()).isTrue();
	}

	@Test
	void clockIsInUtcWhateverTheZoneOfTheServer() {
		assertThat(new DatabaseClock(this.jdbc, this.database.product()).instant()).isCloseTo(Instant.now(),
				within(10, ChronoUnit.SECONDS));
	}

	private static boolean isHeld(Lease lease) {
		try {
			lease.checkLocally();
			return true;
		}
		catch (LeaseLostException ex) {
			return false;
		}
	}

}
