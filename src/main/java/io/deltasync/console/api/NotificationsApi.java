package io.deltasync.console.api;

import java.util.List;

import io.deltasync.console.ChannelStates;
import io.deltasync.console.api.problem.ApiException;
import io.deltasync.console.api.problem.ProblemType;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * What became of notifications, in the REST API.
 */
@RestController
class NotificationsApi {

	private final ChannelStates channels;

	NotificationsApi(ChannelStates channels) {
		this.channels = channels;
	}

	@GetMapping("/api/v1/notifications")
	List<ChannelStates.ChannelState> notifications(Authentication authentication) {
		if (!Caller.of(authentication).sees(null)) {
			throw new ApiException(ProblemType.FORBIDDEN,
					"The access token is limited to some Links, and the channels of notifications belong to none");
		}
		return this.channels.all();
	}

}
