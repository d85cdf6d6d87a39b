package io.deltasync.console.page;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

import io.deltasync.console.LinkFilter;
import io.deltasync.console.LinkOverview;
import io.deltasync.console.LinkOverviews;
import io.deltasync.console.LinkState;
import io.deltasync.console.security.LostSession;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The home page: all Links, those that need attention first.
 */
@Controller
class LinksPage {

	private static final int LINKS_PER_PAGE = 40;

	/** How long an open page shows the same ages if nothing else changes. */
	private static final long AGES_SECONDS = 30;

	private final LinkOverviews overviews;

	private final Standstills standstills;

	private final InstantSource clock;

	LinksPage(LinkOverviews overviews, Standstills standstills, InstantSource clock) {
		this.overviews = overviews;
		this.standstills = standstills;
		this.clock = clock;
	}

	@GetMapping("/")
	String home() {
		return "redirect:/links";
	}

	/**
	 * The page; for a live update the part of it that is updated.
	 * @param seen the version that an open page shows already; without a change since,
	 * the answer has no content, which leaves the page as it is
	 */
	@GetMapping("/links")
	@Nullable String links(@RequestParam(defaultValue = "") String name, @RequestParam(defaultValue = "") String label,
			@RequestParam(required = false) @Nullable LinkState state,
			@RequestParam(required = false) @Nullable Duration behind, @RequestParam(defaultValue = "1") int page,
			@RequestParam(name = SharedAnswers.SEEN, required = false) @Nullable String seen,
			@ModelAttribute("standstills") List<String> standstills, Model model, HttpServletRequest request,
			HttpServletResponse response) {
		String version = version(standstills);
		SharedAnswers.share(request, version, () -> version(this.standstills.standstills()));
		if (version.equals(seen)) {
			response.setStatus(HttpServletResponse.SC_NO_CONTENT);
			return null;
		}
		Instant now = this.clock.instant();
		List<LinkOverview> all = this.overviews.all();
		List<LinkOverview> links = new LinkFilter(name, label, state, behind).apply(all, now);
		int pages = Math.max(1, (links.size() + LINKS_PER_PAGE - 1) / LINKS_PER_PAGE);
		int shown = Math.min(Math.max(page, 1), pages);
		model.addAttribute("links",
				links.subList((shown - 1) * LINKS_PER_PAGE, Math.min(shown * LINKS_PER_PAGE, links.size())));
		model.addAttribute("found", links.size());
		model.addAttribute("configured", all.size());
		model.addAttribute("attention", all.stream().filter((link) -> link.state().needsAttention()).count());
		model.addAttribute("version", version);
		model.addAttribute("page", shown);
		model.addAttribute("pages", pages);
		model.addAttribute("name", name);
		model.addAttribute("label", label);
		model.addAttribute("labels",
				all.stream().flatMap((link) -> link.labels().stream()).distinct().sorted().toList());
		model.addAttribute("state", state);
		model.addAttribute("behind", behind);
		model.addAttribute("states", LinkState.values());
		model.addAttribute("text", new Text(now));
		return (request.getHeader(LostSession.LIVE_UPDATE) != null) ? "links :: list" : "links";
	}

	private String version(List<String> shownStandstills) {
		return "%d-%x-%d".formatted(this.overviews.version(), shownStandstills.hashCode(),
				this.overviews.readAt().getEpochSecond() / AGES_SECONDS);
	}

}
