package io.deltasync.event.decision;

import java.util.Objects;
import java.util.concurrent.Callable;

import io.deltasync.audit.AuditLog;
import io.deltasync.config.Secrets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * An action that takes more than one transaction, such as the start of a run. Its entry
 * is stored in the audit log before it is carried out, so that it is there even if the
 * process is killed meanwhile, and then says what came of it. Thread-safe.
 */
public final class AuditedAction {

	private static final Logger logger = LoggerFactory.getLogger(AuditedAction.class);

	private final AuditLog audit;

	private final long entry;

	private volatile @Nullable String after;

	private AuditedAction(AuditLog audit, long entry, @Nullable String after) {
		this.audit = audit;
		this.entry = entry;
		this.after = after;
	}

	/**
	 * Stores the entry of an action that follows.
	 * @param audit the audit log
	 * @param who the person
	 * @param action the action
	 * @param link the Link's name, or null
	 * @param event the Sync Event that it changes; null if there is none yet
	 * @param before the state before, in words; or null
	 * @param after what is to be done, in words; or null
	 * @return the action, to be carried out
	 */
	public static AuditedAction begin(AuditLog audit, String who, String action, @Nullable String link,
			@Nullable Long event, @Nullable String before, @Nullable String after) {
		return new AuditedAction(audit, audit.add(who, action, link, event, before, after), after);
	}

	/**
	 * Carries out the action. If it fails, its entry says why.
	 * @param <T> the type of the result
	 * @param work the action
	 * @return the result
	 * @throws Exception any exception of the action
	 */
	public <T extends @Nullable Object> T carryOut(Callable<T> work) throws Exception {
		try {
			return work.call();
		}
		catch (Exception ex) {
			String why = Secrets.mask(Objects.requireNonNullElse(ex.getMessage(), ex.getClass().getSimpleName()));
			amend(((this.after != null) ? this.after + "; " : "") + "failed: " + why);
			throw ex;
		}
	}

	/**
	 * Adds the Sync Event that the action has started to its entry.
	 * @param event the event
	 */
	public void started(long event) {
		store(() -> this.audit.nameEvent(this.entry, event));
	}

	/**
	 * Changes the words for what is done.
	 * @param words the state after
	 */
	public void amend(String words) {
		this.after = words;
		store(() -> this.audit.amend(this.entry, words));
	}

	/** The entry is there; what it lacks must not change how the action goes on. */
	private void store(Runnable change) {
		try {
			change.run();
		}
		catch (DataAccessException | TransactionException ex) {
			logger.warn("Entry {} of the audit log could not be completed: {}", this.entry,
					Secrets.mask(String.valueOf(ex.getMessage())));
		}
	}

}
