package io.deltasync.console.page;

import java.time.InstantSource;
import java.util.List;
import java.util.Locale;

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
			@RequestParam(required = false) @Nullable LinkState state, Model model) {
		String part = name.toLowerCase(Locale.ROOT);
		List<LinkOverview> links = this.overviews.all()
			.stream()
			.filter((link) -> link.name().toLowerCase(Locale.ROOT).contains(part))
			.filter((link) -> state == null || link.state() == state)
			.toList();
		model.addAttribute("links", links);
		model.addAttribute("name", name);
		model.addAttribute("state", state);
		model.addAttribute("states", LinkState.values());
		model.addAttribute("text", new Text(this.clock.instant()));
		return "links";
	}

}
