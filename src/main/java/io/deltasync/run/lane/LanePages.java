package io.deltasync.run.lane;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.deltasync.run.ActiveRun;
import io.deltasync.run.RunTransactions;
import io.deltasync.run.ScopeReset;
import io.deltasync.scope.LaneHolder;
import io.deltasync.scope.Plans;
import io.deltasync.scope.ScopePage;
import io.deltasync.scope.ScopePages;
import io.deltasync.scope.Scopes;

/**
 * The pages that a lane claims: first those that it held before a crash, then unclaimed
 * ones. Confined to one thread.
 */
final class LanePages {

	private final ActiveRun run;

	private final long event;

	private final LaneHolder holder;

	private final Plans plans;

	private final ScopePages pages;

	private final ScopeReset reset;

	private final RunTransactions transactions;

	private boolean planned;

	private boolean unclaimed;

	/**
	 * Creates the pages of a lane that has none yet.
	 * @param planned whether the planning of the run has ended
	 */
	LanePages(ActiveRun run, long event, LaneHolder holder, boolean planned, Plans plans, ScopePages pages,
			ScopeReset reset, RunTransactions transactions) {
		this.run = run;
		this.event = event;
		this.holder = holder;
		this.planned = planned;
		this.plans = plans;
		this.pages = pages;
		this.reset = reset;
		this.transactions = transactions;
	}

	/**
	 * Starts again with the pages of a crashed attempt. Without such pages, claims the
	 * first page in the same transaction, because all lanes start together and wait for
	 * each other's transactions.
	 */
	List<ScopePage> begin() {
		boolean more = true;
		List<ScopePage> begun = List.of();
		while (more) {
			List<ScopePage> own = new ArrayList<>();
			more = this.transactions.call(() -> {
				own.clear();
				return beginSome(own);
			});
			begun = own;
		}
		return begun;
	}

	/** Whether data that a crashed attempt stored about its scopes is left to delete. */
	private boolean beginSome(List<ScopePage> own) {
		this.run.lease().verify();
		own.addAll(this.pages.takeOver(this.event, this.holder));
		if (own.isEmpty() && mayClaim()) {
			this.pages.claim(this.event, this.holder).ifPresent(own::add);
			return false;
		}
		return this.reset.forgetSome(this.run.link().name(), this.event,
				new Scopes(own.stream().map((page) -> page.scopes().get(page.passed()).ordinal()).toList()));
	}

	/** Claims a page; empty if the lane must not, or if there is none. */
	Optional<ScopePage> claim() {
		this.run.lease().checkLocally();
		if (!mayClaim()) {
			return Optional.empty();
		}
		return this.transactions.call(() -> {
			this.run.lease().verify();
			Optional<ScopePage> page = this.pages.claim(this.event, this.holder);
			this.unclaimed = page.isEmpty() && this.planned && this.pages.hasUnclaimed(this.event);
			return page;
		});
	}

	private boolean mayClaim() {
		return this.planned || this.run.link().parallel();
	}

	/** Returns what a lane does whose last {@link #claim()} was in vain. */
	Next next() {
		if (this.planned) {
			return this.unclaimed ? Next.WAIT : Next.END;
		}
		this.planned = this.transactions.call(() -> this.plans.find(this.event)).finished();
		return this.planned ? Next.CLAIM : Next.WAIT;
	}

	/** What a lane does that could not claim a page. */
	enum Next {

		/** Tries again, because pages may have come before planning ended. */
		CLAIM,

		/** Waits, because planning continues or others are about to claim pages. */
		WAIT,

		/** Ends, because no page is left and none will come. */
		END

	}

}
