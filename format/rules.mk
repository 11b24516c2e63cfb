# SPDX-License-Identifier: GPL-2.0-or-later
# Sources that are generated for format/.
GEN += $(BUILD)/gen/desc_rows_data.h $(BUILD)/gen/call_numbers.h

$(BUILD)/gen/desc_rows_data.h: format/calls/mkdesc.awk format/calls/calls.tbl format/calls/numbers.tbl format/calls/structs.tbl
	@mkdir -p $(@D)
	$(call say,GEN,$@)
	$(Q)awk -f format/calls/mkdesc.awk format/calls/structs.tbl format/calls/numbers.tbl format/calls/calls.tbl > $@
$(BUILD)/gen/call_numbers.h: format/calls/mknumbers.awk format/calls/numbers.tbl
	@mkdir -p $(@D)
	$(call say,GEN,$@)
	$(Q)awk -f format/calls/mknumbers.awk format/calls/numbers.tbl > $@
