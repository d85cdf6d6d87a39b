package io.deltasync.console.page;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

import io.deltasync.console.LinkFilter;
import io.deltasync.console.LinkOverview;
import io.deltasync.console.LinkOverviews;
import io.deltasync.console.LinkState;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The home page: all Links, those that need attention first.
 */
@Controller
class LinksPage {

	private static final int LINKS_PER_PAGE = 40;

	private final LinkOverviews overviews;

	private final InstantSource clock;

	LinksPage(LinkOverviews overviews, InstantSource clock) {
		this.overviews = overviews;
		this.clock = clock;
	}

	@GetMapping("/")
	String home() {
		return "redirect:/links";
	}

	@GetMapping("/links")
	String links(@RequestParam(defaultValue = "") String name,
			@RequestParam(required = false) @Nullable LinkState state,
			@RequestParam(required = false) @Nullable Duration behind, @RequestParam(defaultValue = "1") int page,
			Model model) {
		Instant now = this.clock.instant();
		List<LinkOverview> all = this.overviews.all();
		List<LinkOverview> links = new LinkFilter(name, state, behind).apply(all, now);
		int pages = Math.max(1, (links.size() + LINKS_PER_PAGE - 1) / LINKS_PER_PAGE);
		int shown = Math.min(Math.max(page, 1), pages);
		model.addAttribute("links",
				links.subList((shown - 1) * LINKS_PER_PAGE, Math.min(shown * LINKS_PER_PAGE, links.size())));
		model.addAttribute("found", links.size());
		model.addAttribute("configured", all.size());
		model.addAttribute("attention", all.stream().filter((link) -> link.state().needsAttention()).count());
		model.addAttribute("page", shown);
		model.addAttribute("pages", pages);
		model.addAttribute("name", name);
		model.addAttribute("state", state);
		model.addAttribute("behind", behind);
		model.addAttribute("states", LinkState.values());
		model.addAttribute("text", new Text(now));
		return "links";
	}

}
