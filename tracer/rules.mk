# SPDX-License-Identifier: GPL-2.0-or-later
$(BUILD)/tracer/bpf/bpf_image.o: $(BUILD)/gen/systape_bpf.h
