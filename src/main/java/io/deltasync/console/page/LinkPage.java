package io.deltasync.console.page;

import java.time.Instant;
import java.time.InstantSource;

import io.deltasync.api.TargetAdapterForVerify;
import io.deltasync.console.LinkConfiguration;
import io.deltasync.console.LinkHistory;
import io.deltasync.console.LinkOverview;
import io.deltasync.console.LinkOverviews;
import io.deltasync.console.LinkWindows;
import io.deltasync.console.Operations;
import io.deltasync.console.PushRequests;
import io.deltasync.event.SyncEvents;
import io.deltasync.event.view.LinkChanges;
import io.deltasync.event.view.VerificationWords;
import io.deltasync.link.Link;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The page of a Link: its state, its window, its history and its configuration.
 */
@Controller
class LinkPage {

	private static final int ENTRIES = 30;

	private final Operations operations;

	private final LinkOverviews overviews;

	private final LinkWindows windows;

	private final LinkHistory history;

	private final LinkConfiguration configuration;

	private final PushRequests requests;

	private final SyncEvents events;

	private final InstantSource clock;

	LinkPage(Operations operations, LinkOverviews overviews, LinkWindows windows, LinkHistory history,
			LinkConfiguration configuration, PushRequests requests, SyncEvents events, InstantSource clock) {
		this.operations = operations;
		this.overviews = overviews;
		this.windows = windows;
		this.history = history;
		this.configuration = configuration;
		this.requests = requests;
		this.events = events;
		this.clock = clock;
	}

	@GetMapping("/links/{name}")
	String link(@PathVariable String name, @RequestParam(required = false) @Nullable Instant run,
			@RequestParam(required = false) @Nullable Long action, Model model) {
		Link link = this.operations.link(name);
		LinkHistory.Position from = (action != null) ? new LinkHistory.Position(run, action) : null;
		LinkHistory.Page page = this.history.page(name, from, ENTRIES);
		standing(link, this.overviews.of(link), this.clock.instant(), model);
		model.addAttribute("window", this.windows.of(name));
		model.addAttribute("changes", LinkChanges.of(link, this.events));
		model.addAttribute("blockedDeletes", this.events.blockedDeletes().find(name).orElse(null));
		model.addAttribute("history", page);
		model.addAttribute("newestPage", from == null);
		model.addAttribute("durations", Bars.ofDurations(page.runs()));
		model.addAttribute("volumes", Bars.ofVolumes(page.runs()));
		model.addAttribute("configuration", this.configuration.of(name));
		return "link";
	}

	/** The part of the page that is updated while it is open. */
	@GetMapping("/links/{name}/standing")
	String standing(@PathVariable String name, Model model, HttpServletRequest request) {
		Link link = this.operations.link(name);
		LinkOverview overview = this.overviews.recent(link);
		if (link.takesPushes() || overview.retry() != null) {
			SharedAnswers.share(request, this.overviews.freshFor());
		}
		else {
			SharedAnswers.share(request, overview, () -> this.overviews.recent(link));
		}
		standing(link, overview, this.clock.instant(), model);
		return "link :: standing";
	}

	@GetMapping("/links/{name}/full-run")
	String fullRun(@PathVariable String name, Model model) {
		Link link = this.operations.link(name);
		standing(link, this.overviews.of(link), this.clock.instant(), model);
		return "full-run";
	}

	@GetMapping("/links/{name}/window")
	String window(@PathVariable String name, @RequestParam(defaultValue = "") String to,
			@RequestParam(defaultValue = "false") boolean keep, Model model) {
		Link link = this.operations.link(name);
		model.addAttribute("name", name);
		// read first, so that a window that changes meanwhile is not the one that was
		// seen
		model.addAttribute("version", this.windows.version(link));
		model.addAttribute("window", this.windows.of(name));
		model.addAttribute("changes", LinkChanges.of(link, this.events));
		model.addAttribute("to", to);
		model.addAttribute("keep", keep);
		model.addAttribute("text", new Text(this.clock.instant()));
		if (!to.isBlank()) {
			try {
				model.addAttribute("newStart", WindowStart.parse(to));
			}
			catch (IllegalArgumentException ex) {
				model.addAttribute("problem", ex.getMessage());
			}
		}
		return "window";
	}

	private static boolean isVerifiable(Link link) {
		return !link.takesPushes() && TargetAdapterForVerify.class.isAssignableFrom(link.targetType());
	}

	private void standing(Link link, LinkOverview overview, Instant now, Model model) {
		model.addAttribute("link", overview);
		model.addAttribute("fetches", !link.takesPushes());
		model.addAttribute("verifiable", isVerifiable(link));
		model.addAttribute("inStep", VerificationWords.last(overview.verification(), now));
		model.addAttribute("pushes", link.takesPushes() ? this.requests.waiting(link).orElse(null) : null);
		model.addAttribute("text", new Text(now));
	}

}
