package io.deltasync.console.page;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

import io.deltasync.config.Secrets;
import io.deltasync.console.ChannelStates;
import io.deltasync.console.SystemState;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * This process, its databases, who holds Links, and what keeps Links from being run. Is
 * also shown while the database of the JobRepository does not answer.
 */
@Controller
class SystemPage {

	private final SystemState system;

	private final ChannelStates channels;

	private final InstantSource clock;

	SystemPage(SystemState system, ChannelStates channels, InstantSource clock) {
		this.system = system;
		this.channels = channels;
		this.clock = clock;
	}

	/**
	 * Shows the page.
	 * @param connection the connection whose clock is read; null for none, because this
	 * connects to its database
	 */
	@GetMapping("/system")
	String system(@RequestParam(required = false) @Nullable String connection, Model model) {
		model.addAttribute("instance", this.system.instance());
		model.addAttribute("outage", this.system.outage());
		model.addAttribute("problems", this.system.problems());
		model.addAttribute("connections", this.system.connections());
		model.addAttribute("asked", connection);
		model.addAttribute("skew", (connection != null) ? this.system.skew(connection) : null);
		model.addAttribute("settings", this.system.settings());
		model.addAttribute("text", new Text(readDatabase(model)));
		return "system";
	}

	private Instant readDatabase(Model model) {
		try {
			model.addAttribute("repository", this.system.repository());
			model.addAttribute("holders", this.system.holders().links());
			model.addAttribute("lanes", this.system.holders().lanes());
			model.addAttribute("channels", this.channels.all());
			return this.clock.instant();
		}
		catch (DataAccessException ex) {
			model.addAttribute("away", Secrets.mask(String.valueOf(ex.getMessage())));
			model.addAttribute("holders", List.of());
			model.addAttribute("lanes", List.of());
			model.addAttribute("channels", List.of());
			return InstantSource.system().instant();
		}
	}

}
