package io.deltasync.lease;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import com.zaxxer.hikari.HikariDataSource;
import io.deltasync.lease.LaneLeases.Claim;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Lanes that workers share, on any database.
 */
@EachDatabase
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class LaneLeasesIT {

	private static final String LINK = "orders";

	private static final long LANE = 11;

	@Parameter
	private TestDatabase database;

	private final List<AutoCloseable> opened = new ArrayList<>();

	private HikariDataSource dataSource;

	private JdbcTemplate jdbc;

	private TransactionTemplate transaction;

	private OfferedLanes offers;

	@BeforeEach
	void start() {
		this.dataSource = new HikariDataSource();
		this.dataSource.setJdbcUrl(this.database.url(this.database.createSchema()));
		this.dataSource.setUsername(this.database.username());
		this.dataSource.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
		this.dataSource.setMaximumPoolSize(20);
		this.jdbc = new JdbcTemplate(this.dataSource);
		this.database.makeTables(this.jdbc);
		this.transaction = new TransactionTemplate(new JdbcTransactionManager(this.dataSource));
		this.offers = new OfferedLanes(this.jdbc, new DatabaseClock(this.jdbc, this.database.product()));
	}

	@AfterEach
	void stop() throws Exception {
		for (AutoCloseable one : this.opened) {
			one.close();
		}
		this.dataSource.close();
	}

	@Test
	void ofManyWorkersExactlyOneGetsALane() throws Exception {
		offer(Duration.ofMinutes(1));
		ExecutorService threads = Executors.newFixedThreadPool(8);
		List<Callable<Claim>> takers = new ArrayList<>();
		for (int i = 0; i < 8; i++) {
			LaneLeases worker = worker(Duration.ofMinutes(1));
			takers.add(() -> worker.claim(LINK, LANE));
		}
		List<Claim> taken = new ArrayList<>();
		for (Future<Claim> taker : threads.invokeAll(takers)) {
			taken.add(taker.get());
		}
		threads.shutdown();
		assertThat(taken).filteredOn((claim) -> claim.lease() != null).hasSize(1);
		assertThat(taken).filteredOn((claim) -> claim.lease() == null).containsOnly(Claim.HELD);
		assertThat(this.offers.open(this.run)).singleElement().matches(OfferedLane::held);
	}

	@Test
	void aLaneThatIsGivenBackIsTakenByAnother() {
		offer(Duration.ofMinutes(1));
		Lease first = claim(worker(Duration.ofMinutes(1)));
		first.close();
		assertThatExceptionOfType(LeaseLostException.class).isThrownBy(first::checkLocally);
		assertThat(claim(worker(Duration.ofMinutes(1))).isLost()).isFalse();
	}

	@Test
	void aLaneOfASilentWorkerIsTakenOverAndFencedOff() {
		offer(Duration.ofMinutes(1));
		LaneLeases silent = worker(Duration.ofSeconds(1));
		Lease lost = claim(silent);
		silent.close();
		await(() -> worker(Duration.ofMinutes(1)).claim(LINK, LANE).lease() != null);
		assertThatExceptionOfType(LeaseLostException.class)
			.isThrownBy(() -> this.transaction.executeWithoutResult((status) -> lost.verify()))
			.withMessageContaining("'orders'");
		silent.end(lost, null);
		assertThat(this.offers.open(this.run)).as("what a worker that was asleep says changes nothing").hasSize(1);
	}

	@Test
	void aWorkerNoticesThatItsLaneWasTakenOverBeforeItStoresAnything() {
		offer(Duration.ofMinutes(1));
		Lease lost = claim(worker(Duration.ofMinutes(5)));
		this.jdbc.update("UPDATE SYNC_LANE SET TOKEN = TOKEN + 1");
		await(lost::isLost);
	}

	@Test
	void aLaneIsConfirmedAsLongAsItAndItsRunHold() {
		offer(Duration.ofMinutes(1));
		Lease lease = claim(worker(Duration.ofMinutes(1)));
		LocalDateTime soon = LocalDateTime
			.ofInstant(new DatabaseClock(this.jdbc, this.database.product()).instant().plusSeconds(20), ZoneOffset.UTC);
		this.jdbc.update("UPDATE SYNC_LANE SET EXPIRES_AT = ?", soon);
		assertThatNoException().isThrownBy(lease::confirm);
		assertThat(this.jdbc.queryForObject("SELECT EXPIRES_AT FROM SYNC_LANE", LocalDateTime.class)).isAfter(soon);
	}

	@Test
	void aLaneIsNotConfirmedOnceAnotherWorkerHasItOrItsRunIsSilent() {
		offer(Duration.ofMinutes(1));
		Lease taken = claim(worker(Duration.ofMinutes(1)));
		this.jdbc.update("UPDATE SYNC_LANE SET TOKEN = TOKEN + 1");
		assertThatExceptionOfType(LeaseLostException.class).isThrownBy(taken::confirm);
		this.jdbc.update("UPDATE SYNC_LANE SET EXPIRES_AT = NULL");
		Lease orphaned = claim(worker(Duration.ofMinutes(1)));
		this.jdbc.update("UPDATE SYNC_LEASE SET TOKEN = TOKEN + 1");
		assertThatExceptionOfType(LeaseLostException.class).isThrownBy(orphaned::confirm);
	}

	@Test
	void aLaneIsLostOnceTheDatabaseHasRefusedIt() {
		offer(Duration.ofMinutes(1));
		LaneLeases worker = worker(Duration.ofMinutes(5));
		Lease lost = claim(worker);
		this.jdbc.update("UPDATE SYNC_LANE SET TOKEN = TOKEN + 1");
		assertThatExceptionOfType(LeaseLostException.class)
			.isThrownBy(() -> this.transaction.executeWithoutResult((status) -> lost.verify()))
			.withMessageContaining("step execution " + LANE);
		assertThat(lost.isLost()).isTrue();
	}

	@Test
	void aLaneIsRenewedForAsLongAsItsWorkerLives() {
		offer(Duration.ofMinutes(1));
		Lease lease = claim(worker(Duration.ofSeconds(5)));
		long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(6);
		LaneLeases other = worker(Duration.ofMinutes(1));
		await(() -> {
			assertThat(other.claim(LINK, LANE)).isSameAs(Claim.HELD);
			lease.checkLocally();
			return System.nanoTime() > until;
		});
		assertThatNoException().isThrownBy(() -> this.transaction.executeWithoutResult((status) -> lease.verify()));
	}

	@Test
	void aLaneEndsWithItsRunsHoldOnTheLink() {
		Leases manager = offer(Duration.ofSeconds(4));
		Lease lease = claim(worker(Duration.ofMinutes(1)));
		manager.close();
		await(lease::isLost);
		assertThat(worker(Duration.ofMinutes(1)).claim(LINK, LANE)).as("of a dead run").isSameAs(Claim.GONE);
	}

	@Test
	void theNextRunOfALinkFencesOffAllLanesOfTheOneBefore() throws Exception {
		Leases manager = offer(Duration.ofMinutes(1));
		Lease lease = claim(worker(Duration.ofMinutes(1)));
		this.run.close();
		manager.acquire(LINK);
		assertThatExceptionOfType(LeaseLostException.class)
			.isThrownBy(() -> this.transaction.executeWithoutResult((status) -> lease.verify()));
		assertThat(worker(Duration.ofMinutes(1)).claim(LINK, LANE)).isSameAs(Claim.GONE);
	}

	@Test
	void theNextRunWaitsForWhatALaneIsJustStoring() throws Exception {
		Leases manager = offer(Duration.ofMinutes(1));
		Lease lease = claim(worker(Duration.ofMinutes(1)));
		this.run.close();
		ExecutorService thread = Executors.newSingleThreadExecutor();
		Future<Lease> next = this.transaction.execute((status) -> {
			lease.verify();
			Future<Lease> waiting = thread.submit(() -> manager.acquire(LINK));
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(300));
			assertThat(waiting).isNotDone();
			return waiting;
		});
		assertThat(next.get(1, TimeUnit.MINUTES)).isNotNull();
		thread.shutdown();
	}

	@Test
	void aLaneNoticesARequestToStopItsRun() {
		offer(Duration.ofMinutes(1));
		Lease lease = claim(worker(Duration.ofMinutes(1)));
		assertThat(lease.isStopRequested()).isFalse();
		this.run.requestStop();
		await(lease::isStopRequested);
		assertThat(lease.isLost()).isFalse();
	}

	@Test
	void aWorkerThatIsEndingStopsNoRun() {
		offer(Duration.ofMinutes(1));
		Lease lease = claim(worker(Duration.ofMinutes(1)));
		lease.requestStop();
		assertThat(lease.isStopRequested()).isTrue();
		assertThat(this.jdbc.queryForObject("SELECT STOP_REQUESTED FROM SYNC_LEASE", Boolean.class)).isFalse();
	}

	@Test
	void aLaneThatHasEndedIsGone() {
		offer(Duration.ofMinutes(1));
		LaneLeases worker = worker(Duration.ofMinutes(1));
		worker.end(claim(worker), null);
		assertThat(this.offers.open(this.run)).isEmpty();
		assertThat(worker.claim(LINK, LANE)).isSameAs(Claim.GONE);
	}

	@Test
	void aProblemIsReportedAndEndsTheLane() {
		offer(Duration.ofMinutes(1));
		LaneLeases worker = worker(Duration.ofMinutes(1));
		worker.end(claim(worker), "x".repeat(3000));
		assertThat(this.offers.open(this.run)).singleElement()
			.matches((lane) -> !lane.held() && "x".repeat(2000).equals(lane.problem()));
		assertThat(worker.claim(LINK, LANE)).isSameAs(Claim.GONE);
		assertThat(this.offers.withdraw(LANE)).isTrue();
	}

	@Test
	void onlyALaneThatNobodyHoldsIsWithdrawn() {
		offer(Duration.ofMinutes(1));
		Lease lease = claim(worker(Duration.ofMinutes(1)));
		assertThat(this.offers.withdraw(LANE)).isFalse();
		lease.close();
		assertThat(this.offers.withdraw(LANE)).isTrue();
		assertThat(worker(Duration.ofMinutes(1)).claim(LINK, LANE)).isSameAs(Claim.GONE);
	}

	@Test
	void aMessageOfAnotherDatabaseTakesNoLane() {
		offer(Duration.ofMinutes(1));
		assertThat(worker(Duration.ofMinutes(1)).claim("customers", LANE)).isSameAs(Claim.GONE);
		assertThat(worker(Duration.ofMinutes(1)).claim(LINK, LANE + 1)).isSameAs(Claim.GONE);
	}

	private Lease run;

	private Leases offer(Duration lease) {
		Leases leases = new Leases(this.jdbc, this.transaction, new DatabaseClock(this.jdbc, this.database.product()),
				lease, "manager");
		this.opened.add(leases);
		try {
			this.run = leases.acquire(LINK);
		}
		catch (LinkBusyException ex) {
			throw new IllegalStateException(ex);
		}
		this.offers.offer(this.run, "0".repeat(64), Map.of(LANE, "lane:0"));
		return leases;
	}

	private LaneLeases worker(Duration lease) {
		LaneLeases worker = new LaneLeases(this.jdbc, this.transaction,
				new DatabaseClock(this.jdbc, this.database.product()), lease, "worker");
		this.opened.add(worker);
		return worker;
	}

	private static Lease claim(LaneLeases worker) {
		Claim claim = worker.claim(LINK, LANE);
		assertThat(claim.lease()).isNotNull();
		assertThat(claim.configuration()).isEqualTo("0".repeat(64));
		return claim.lease();
	}

	private static void await(BooleanSupplier condition) {
		long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() > deadline) {
				throw new AssertionError("waited a minute in vain");
			}
			LockSupport.parkNanos(20_000_000);
		}
	}

}
