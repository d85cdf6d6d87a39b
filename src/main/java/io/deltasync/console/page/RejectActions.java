package io.deltasync.console.page;

import java.security.Principal;

import io.deltasync.console.ConflictException;
import io.deltasync.console.Operations;
import io.deltasync.console.Person;
import io.deltasync.event.decision.RejectDecisions;
import io.deltasync.event.decision.RejectDecisions.Decision;
import io.deltasync.reject.Reject;
import io.deltasync.reject.RejectSelection;
import io.deltasync.reject.Rejects;
import io.deltasync.run.RunTables;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * What people decide about rejects.
 */
@Controller
class RejectActions {

	private final Operations operations;

	private final Rejects rejects;

	private final RejectDecisions decisions;

	RejectActions(Operations operations, RunTables tables, RejectDecisions decisions) {
		this.operations = operations;
		this.rejects = tables.rejects();
		this.decisions = decisions;
	}

	@PostMapping("/rejects/{id}/acknowledge")
	String acknowledge(@PathVariable long id, Principal who, RedirectAttributes redirect) {
		this.operations.acknowledge(id, new Person(who.getName()));
		return done(id, "The reject is acknowledged: it does not fail runs, and is retried on its own", redirect);
	}

	@PostMapping("/rejects/{id}/discard")
	String discard(@PathVariable long id, Principal who, RedirectAttributes redirect) {
		this.operations.discard(id, new Person(who.getName()));
		return done(id, "The reject is discarded: this version of the record is not delivered, and fails no run",
				redirect);
	}

	private static String done(long id, String what, RedirectAttributes redirect) {
		redirect.addFlashAttribute("done", what);
		return "redirect:/rejects/" + id;
	}

	/**
	 * Decides about many rejects.
	 * @param name the Link
	 * @param action the decision
	 * @param like the number of one of them, whose reason they share; null for all of the
	 * Link
	 * @param reason the reason that was confirmed, in case that reject has failed for
	 * another one since
	 * @param last the highest number that was counted
	 * @param count how many were confirmed
	 */
	@PostMapping("/links/{name}/rejects/decision")
	String decide(@PathVariable String name, @RequestParam Decision action,
			@RequestParam(required = false) @Nullable Long like, @RequestParam(defaultValue = "") String reason,
			@RequestParam long last, @RequestParam long count, Principal who, RedirectAttributes redirect) {
		this.operations.link(name);
		long changed = this.decisions.decide(action, selection(name, like, reason), last, who.getName());
		String decided = (action == Decision.ACKNOWLEDGE) ? "acknowledged" : "discarded";
		redirect.addFlashAttribute("done",
				"%,d %s %s".formatted(changed, (changed == 1) ? "reject was" : "rejects were", decided)
						+ ((changed < count) ? "; %,d no longer waited".formatted(count - changed) : ""));
		return "redirect:/links/%s/rejects".formatted(SegmentLinkBuilder.encode(name));
	}

	private RejectSelection selection(String link, @Nullable Long like, String reason) {
		if (like == null) {
			return RejectSelection.all(link);
		}
		Reject reject = this.rejects.find(like).filter((found) -> found.link().equals(link)).orElse(null);
		if (reject == null || !normal(reject.message()).equals(normal(reason))) {
			throw new ConflictException(
					"Reject %d of Link '%s' has failed for another reason since it was shown. Nothing was changed"
						.formatted(like, link));
		}
		return RejectSelection.like(reject);
	}

	/** Browsers change the ends of lines. */
	private static String normal(String text) {
		return text.replace("\r\n", "\n").replace('\r', '\n');
	}

}
