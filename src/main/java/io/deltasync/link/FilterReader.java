package io.deltasync.link;

import java.util.ArrayList;
import java.util.List;

import io.deltasync.api.RecordFilter;
import io.deltasync.config.Section;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Reads a Link's filters.
 */
final class FilterReader {

	private final BeanReader<RecordFilter> filters;

	FilterReader(ConfigurableListableBeanFactory beans) {
		this.filters = new BeanReader<>(beans, new PrototypeBeans<>(beans, RecordFilter.class, "filter", ""));
	}

	/**
	 * Reads the filters.
	 * @param elements the section of each
	 * @return the filters in their order; fewer when something is wrong with some, which
	 * has been noted then
	 */
	List<LinkFilter> read(List<Section> elements) {
		List<LinkFilter> read = new ArrayList<>();
		for (Section element : elements) {
			if (element.children().isEmpty()) {
				element.reportAbsence("is empty; give at least the key filter");
				continue;
			}
			Place place = element.bind(Place.class);
			ConfiguredBean<RecordFilter> bean = this.filters.read(element);
			if (place != null && bean != null) {
				read.add(new LinkFilter(bean.name(), place.at, bean::newInstance));
			}
		}
		return read;
	}

	/**
	 * What the engine itself wants to know of a filter.
	 *
	 * @param at where it stands
	 */
	record Place(@DefaultValue("before-mapping") LinkFilter.Position at) {

	}

}
