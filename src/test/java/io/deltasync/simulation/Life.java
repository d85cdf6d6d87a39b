package io.deltasync.simulation;

import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;

/**
 * Whether a process lives. It dies at one of its points: around commits, statements of
 * their own and deliveries. From then on it changes nothing any more and is told nothing,
 * so that what it leaves behind is what a killed process leaves. Thread-safe.
 */
final class Life {

	private boolean dead;

	private int pointsLeft;

	private int statementsLeft;

	private int deliveriesLeft;

	private boolean failed;

	/** Restarts; the process neither dies nor loses its database. */
	void begin() {
		begin(0, 0, 0);
	}

	/**
	 * Restarts.
	 * @param dieAt at which point it dies; 0: at none
	 * @param dieAfter after which delivery it dies, before it knows of it; 0: after none
	 * @param failAt at which statement its database fails, once; 0: at none
	 */
	synchronized void begin(int dieAt, int dieAfter, int failAt) {
		this.dead = false;
		this.failed = false;
		this.pointsLeft = dieAt;
		this.deliveriesLeft = dieAfter;
		this.statementsLeft = failAt;
	}

	/** Carries out a statement that changes something, before it does. */
	synchronized void change() throws SQLException {
		check();
		if (this.statementsLeft > 0 && --this.statementsLeft == 0) {
			this.failed = true;
			throw new SQLTransactionRollbackException("the database chose this transaction as a victim", "40001");
		}
	}

	/** Whether its database has failed. */
	synchronized boolean hasFailed() {
		return this.failed;
	}

	/** Passes a point. */
	synchronized void pass() {
		check();
		if (this.pointsLeft > 0 && --this.pointsLeft == 0) {
			die();
		}
	}

	/** Has delivered a batch. */
	synchronized void deliver() {
		pass();
		if (this.deliveriesLeft > 0 && --this.deliveriesLeft == 0) {
			die();
		}
	}

	synchronized void die() {
		this.dead = true;
		throw new Dead();
	}

	synchronized void check() {
		if (this.dead) {
			throw new Dead();
		}
	}

	synchronized boolean isDead() {
		return this.dead;
	}

	/** What unwinds the threads of a dead process. */
	static final class Dead extends Error {

		private static final long serialVersionUID = 1L;

		Dead() {
			super("the process is dead", null, false, false);
		}

	}

}
