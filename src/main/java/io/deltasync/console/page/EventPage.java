package io.deltasync.console.page;

import java.time.InstantSource;
import java.util.List;

import io.deltasync.console.Operations;
import io.deltasync.event.PlannedEvent;
import io.deltasync.event.RecordLog;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvents;
import io.deltasync.link.Links;
import io.deltasync.run.RunTables;
import io.deltasync.scope.Plans;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/**
 * The page of a Sync Event: how a run ended or how far it is, and why.
 */
@Controller
class EventPage {

	private static final int LOGGED = 100;

	private static final int ANSWERS = 50;

	/** Has htmx load the whole page again. */
	private static final String REFRESH = "HX-Refresh";

	private final Operations operations;

	private final SyncEvents events;

	private final Links links;

	private final Plans plans;

	private final RecordLog log;

	private final InstantSource clock;

	EventPage(Operations operations, SyncEvents events, Links links, RunTables tables, InstantSource clock) {
		this.operations = operations;
		this.events = events;
		this.links = links;
		this.plans = tables.plans();
		this.log = tables.log();
		this.clock = clock;
	}

	@GetMapping("/events/{id}")
	String event(@PathVariable long id, Model model) {
		show(view(this.operations.plannedEvent(id)), model);
		model.addAttribute("logged", this.log.find(id, LOGGED));
		model.addAttribute("mostLogged", LOGGED);
		return "event";
	}

	/** The part of the page that is updated while the run is in progress. */
	@GetMapping("/events/{id}/live")
	String live(@PathVariable long id, Model model, HttpServletRequest request, HttpServletResponse response) {
		EventView view = readLive(id);
		show(view, model);
		if (view.event().status().ended()) {
			response.setHeader(REFRESH, "true");
		}
		else {
			SharedAnswers.share(request, SharedAnswers.LONGEST);
		}
		return "event :: live";
	}

	/** While a run is in progress, its page needs less of what is stored. */
	private EventView readLive(long id) {
		PlannedEvent planned = this.operations.plannedEvent(id);
		SyncEvent event = planned.event();
		return event.status().ended() ? view(planned) : new EventView(event, event, planned.delayedUntil(),
				planned.plan(), List.of(), true, this.clock.instant());
	}

	private EventView view(PlannedEvent planned) {
		SyncEvent event = planned.event();
		SyncEvent newest = this.events.newest(event.link()).orElse(event);
		return new EventView(event, newest, planned.delayedUntil(), planned.plan(),
				this.plans.answers(event.id(), ANSWERS), this.links.names().contains(event.link()),
				this.clock.instant());
	}

	private static void show(EventView view, Model model) {
		model.addAttribute("event", view.event());
		model.addAttribute("view", view);
		model.addAttribute("text", new Text(view.now()));
	}

}
