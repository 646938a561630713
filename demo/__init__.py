"""The demonstration district: Yên Lạc as it may have stood on 27/02/2017, with invented people."""
