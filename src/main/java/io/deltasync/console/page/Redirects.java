package io.deltasync.console.page;

import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Where an action leads, so that a reload of the page does not repeat it.
 */
final class Redirects {

	private Redirects() {
	}

	/**
	 * Redirects to a Link.
	 * @param link the Link's name
	 * @param done what was done, shown once
	 * @param redirect receives both
	 * @return the view
	 */
	static String toLink(String link, String done, RedirectAttributes redirect) {
		redirect.addFlashAttribute("done", done);
		return "redirect:/links/" + SegmentLinkBuilder.encode(link);
	}

	/**
	 * Redirects to an event.
	 * @param event the event; null if it is not stored yet
	 * @param link the Link's name
	 * @param done what was done, shown once
	 * @param redirect receives all
	 * @return the view
	 */
	static String toEvent(@Nullable Long event, String link, String done, RedirectAttributes redirect) {
		if (event == null) {
			return toLink(link, "The run has not started yet, because a system does not answer. It appears here when "
					+ "it has started", redirect);
		}
		redirect.addFlashAttribute("done", done);
		return "redirect:/events/" + event;
	}

}
