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
	 * @param elements the sections of the filters
	 * @return the filters in order, without invalid ones, which are reported
	 */
	List<LinkFilter> read(List<Section> elements) {
		List<LinkFilter> read = new ArrayList<>();
		for (Section element : elements) {
			if (element.children().isEmpty()) {
				element.reportAbsence("is empty; give at least the key filter");
				continue;
			}
			Place place = element.bind(Place.class);
			ConfiguredBean<RecordFilter> bean = this.filters.read(element, (filter) -> {
			});
			if (place != null && bean != null) {
				read.add(new LinkFilter(bean.name(), place.at, bean::newInstance));
			}
		}
		return read;
	}

	/**
	 * The settings of a filter that do not belong to the filter's own options.
	 * 
	 * @param at the filter's position
	 */
	record Place(@DefaultValue("before-mapping") LinkFilter.Position at) {

	}

}
