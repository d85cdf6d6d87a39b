package io.deltasync.console.api;

import java.util.List;

import io.deltasync.console.LinkOverview;
import io.deltasync.console.LinkOverviews;
import io.deltasync.console.Operations;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Links in the REST API.
 */
@RestController
@RequestMapping("/api/v1/links")
class LinksApi {

	private final LinkOverviews overviews;

	private final Operations operations;

	LinksApi(LinkOverviews overviews, Operations operations) {
		this.overviews = overviews;
		this.operations = operations;
	}

	@GetMapping
	List<LinkOverview> links() {
		return this.overviews.all();
	}

	@GetMapping("/{name}")
	LinkOverview link(@PathVariable String name) {
		return this.overviews.of(this.operations.link(name));
	}

}
