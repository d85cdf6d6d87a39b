package io.deltasync.console.page;

import java.util.ArrayList;
import java.util.List;

import io.deltasync.console.LinkOverviews;
import io.deltasync.console.SystemState;
import io.deltasync.event.Formats;
import io.deltasync.lease.Holders;
import io.deltasync.serve.LinkProblems;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/**
 * Adds to the home page why nothing is run, or not all.
 */
@ControllerAdvice(assignableTypes = LinksPage.class)
class Standstills {

	private static final int MOST_NAMES = 5;

	private final SystemState system;

	private final LinkOverviews overviews;

	Standstills(SystemState system, LinkOverviews overviews) {
		this.system = system;
		this.overviews = overviews;
	}

	@ModelAttribute("standstills")
	List<String> standstills() {
		List<String> found = new ArrayList<>();
		LinkProblems.Outage outage = this.system.outage();
		if (outage != null) {
			found.add("This process has not been able to begin runs since %s: %s"
				.formatted(Formats.time(outage.since()), outage.message()));
		}
		List<Holders.Holder> dead = this.overviews.someDied() ? this.system.holders().dead() : List.of();
		for (Holders.Holder holder : dead.subList(0, Math.min(dead.size(), MOST_NAMES))) {
			found.add("Link '%s': %s has been silent since %s and may have died. A serving process recovers its run"
				.formatted(holder.link(), holder.process(), Formats.time(holder.until())));
		}
		if (dead.size() > MOST_NAMES) {
			found.add("%s more Links are held by silent processes".formatted(Formats.number(dead.size() - MOST_NAMES)));
		}
		return found;
	}

}
