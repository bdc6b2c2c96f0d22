#!/usr/bin/env python3
"""OLMo's scripts/train.py, with two things that it has no setting for: files are read in their order, not shuffled; and
they begin at the step of the checkpoint that is loaded, so that of them nothing has been seen yet."""

import os
import runpy
import sys

import olmo.data
from olmo.data.iterable_dataset import IterableDataset
from olmo.train import Trainer

shuffled = olmo.data.IterableDataset


def in_order(*arguments, **settings):
    return shuffled(*arguments, **{**settings, "shuffle": False})


restore = Trainer.load_trainer_state_dict


def from_the_window_on(trainer, state):
    restore(trainer, state)
    goes_on = str(trainer.cfg.load_path).startswith(str(trainer.cfg.save_folder))
    if not goes_on:  # An earlier attempt of this retraining counts the window's own sequences.
        trainer.global_train_examples_seen_this_epoch = 0
        assert isinstance(trainer.dataset, IterableDataset)
        trainer.dataset.start_index = 0


olmo.data.IterableDataset = in_order
Trainer.load_trainer_state_dict = from_the_window_on
script = os.path.join(os.environ["OLMO"], "scripts", "train.py")
sys.argv[0] = script
runpy.run_path(script, run_name="__main__")
