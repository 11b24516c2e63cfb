# SPDX-License-Identifier: GPL-2.0-or-later
# Sources that are generated for format/.
GEN += $(BUILD)/gen/desc_rows_data.h $(BUILD)/gen/call_numbers.h

$(BUILD)/gen/desc_rows_data.h: format/mkdesc.awk format/calls.tbl format/numbers.tbl format/structs.tbl
	@mkdir -p $(@D)
	$(call say,GEN,$@)
	$(Q)awk -f format/mkdesc.awk format/structs.tbl format/numbers.tbl format/calls.tbl > $@
$(BUILD)/gen/call_numbers.h: format/mknumbers.awk format/numbers.tbl
	@mkdir -p $(@D)
	$(call say,GEN,$@)
	$(Q)awk -f format/mknumbers.awk format/numbers.tbl > $@
